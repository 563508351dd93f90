-- R13: why a token could not be used: never issued, used before, or of an ended session.
SELECT t.session_id, t.used_at IS NOT NULL, s.user_id
FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
WHERE t.token_sha256 = $1
