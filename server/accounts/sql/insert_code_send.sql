-- R01: a code (or the mail in its place) leaves for this address. Answers when it expires and when the next may go.
INSERT INTO code_sends (id, email_hmac, purpose) VALUES ($1, $2, $3)
RETURNING sent_at + make_interval(secs => $4), sent_at + make_interval(secs => $5)
