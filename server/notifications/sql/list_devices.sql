-- Where a push to somebody goes; nowhere for an account that is disabled.
SELECT d.id, d.channel, d.target
FROM devices d JOIN users u ON u.id = d.user_id
WHERE d.user_id = $1 AND u.status = 'active'
ORDER BY d.registered_at DESC, d.id
