-- R08: every attempt is recorded.
INSERT INTO login_attempts (id, email_hmac, address, outcome) VALUES ($1, $2, $3, $4)
