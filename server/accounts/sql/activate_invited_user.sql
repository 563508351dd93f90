-- The link came by mail: the address is proved.
UPDATE users SET status = 'active', email_verified = true, updated_at = clock_timestamp(), version = version + 1
WHERE id = $1 AND status = 'invited'
