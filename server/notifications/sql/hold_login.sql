-- A device is registered for a login that lives: whoever ends it, or disables the account, waits for this transaction
-- and then finds the device. Registrations of one account follow each other, so that their number is right.
SELECT s.id
FROM sessions s JOIN users u ON u.id = s.user_id
WHERE s.id = $1 AND s.user_id = $2 AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp() AND u.status = 'active'
FOR NO KEY UPDATE OF u FOR SHARE OF s
