-- Whose a device was before it is registered anew.
SELECT user_id, target_key, platform FROM devices WHERE id = $1 FOR UPDATE
