-- House-keeping: apps that nobody has opened for so long that FCM takes their tokens for dead.
DELETE FROM devices
WHERE id IN (SELECT id FROM devices WHERE registered_at < now() - interval '270 days' LIMIT $1)
