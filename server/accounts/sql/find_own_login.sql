-- What the owner of an account is judged by when a change asks for the password, and where to write to.
SELECT id, password_hash, email_verified AND status = 'active', email FROM users WHERE id = $1
