-- A person's picture; nothing takes it away. The image before is removed later, with its files.
UPDATE users
SET avatar_id = $2, updated_at = clock_timestamp(), version = version + 1
WHERE id = $1
RETURNING updated_at, version
