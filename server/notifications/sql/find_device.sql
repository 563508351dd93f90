-- At the moment of sending: whether the device is still this person's, and where it is.
SELECT d.id, d.channel, d.target
FROM devices d JOIN users u ON u.id = d.user_id
WHERE d.id = $1 AND d.user_id = $2 AND u.status = 'active'
