-- One category by its id.
SELECT id, name, description, position, version
FROM service_categories
WHERE id = $1
