-- R04: each register call waits in a row of its own, with its own code.
INSERT INTO pending_registrations (id, email, name, password_hash, phone, locale, timezone, code_hmac, code_expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
