-- Logout by refresh token, of the caller's own sessions only.
UPDATE sessions SET revoked_at = clock_timestamp()
WHERE id = (SELECT session_id FROM refresh_tokens WHERE token_sha256 = $1) AND user_id = $2 AND revoked_at IS NULL
RETURNING id
