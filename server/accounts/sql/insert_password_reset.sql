-- R08: a code and a link leave for the owner of an account; a link alone for one who is invited.
INSERT INTO password_resets (id, user_id, code_hmac, code_expires_at, token_sha256, token_expires_at)
VALUES ($1, $2, $3, coalesce($4, clock_timestamp()), $5, clock_timestamp() + make_interval(secs => $6))
