-- R13: rotation in one atomic UPDATE; of two requests with one token only one finds it unused.
UPDATE refresh_tokens t SET used_at = clock_timestamp()
FROM sessions s JOIN users u ON u.id = s.user_id
WHERE t.token_sha256 = $1 AND t.used_at IS NULL AND s.id = t.session_id
  AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp() AND u.status = 'active'
RETURNING s.id, s.user_id, floor(extract(epoch FROM s.expires_at - clock_timestamp()))::bigint
