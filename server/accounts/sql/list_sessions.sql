-- Where an account is logged in, the newest login first; a NULL $2 begins at the top.
SELECT id, device_name, address, created_at, last_used_at, expires_at
FROM sessions
WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > clock_timestamp()
  AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3))
ORDER BY created_at DESC, id DESC
LIMIT $4
