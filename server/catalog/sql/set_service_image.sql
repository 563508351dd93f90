-- What a service is shown with; nothing takes it away. The image before is removed later, with its files.
UPDATE services
SET image_id = $2, updated_at = clock_timestamp(), version = version + 1
WHERE id = $1
RETURNING version
