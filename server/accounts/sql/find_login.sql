-- What a login is judged by, by normalised address.
SELECT id, password_hash, email_verified AND status = 'active' FROM users WHERE email = $1
