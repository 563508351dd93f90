-- What a new password may open: an account that can log in, and one whose owner is invited. Nobody else changes it
-- until the transaction ends.
SELECT name, password_hash, status = 'invited'
FROM users
WHERE id = $1 AND (status = 'invited' OR status = 'active' AND email_verified)
FOR NO KEY UPDATE
