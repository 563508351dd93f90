-- What those with services.manage change of a category.
UPDATE service_categories
SET name = $2, description = $3, updated_at = clock_timestamp(), version = version + 1
WHERE id = $1
RETURNING version
