-- When and from where an account was last active on a device.
UPDATE sessions SET last_used_at = clock_timestamp(), address = $2 WHERE id = $1
