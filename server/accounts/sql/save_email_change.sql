-- R01: a later code replaces the one before it, and its guesses.
INSERT INTO email_changes (user_id, id, email, code_hmac, code_expires_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (user_id) DO UPDATE
SET id = excluded.id, email = excluded.email, code_hmac = excluded.code_hmac,
    code_expires_at = excluded.code_expires_at, guesses = 0
