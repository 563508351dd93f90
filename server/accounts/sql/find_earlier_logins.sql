-- From where an account logged in before, ended sessions too; its last 200 are enough to know a place by.
SELECT device_name, address
FROM sessions
WHERE user_id = $1
ORDER BY created_at DESC
LIMIT 200
