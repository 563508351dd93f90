-- R01: a later code replaces the one before it, and its guesses.
INSERT INTO phone_codes (user_id, id, phone, code_hmac, code_expires_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (user_id) DO UPDATE
SET id = excluded.id, phone = excluded.phone, code_hmac = excluded.code_hmac,
    code_expires_at = excluded.code_expires_at, guesses = 0
