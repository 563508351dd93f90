-- A person keeps so many devices; those registered longest ago give way.
DELETE FROM devices
WHERE id IN (SELECT id FROM devices WHERE user_id = $1 ORDER BY registered_at DESC, id OFFSET $2)
