-- R13: stored as SHA-256 only.
INSERT INTO refresh_tokens (token_sha256, session_id) VALUES ($1, $2)
