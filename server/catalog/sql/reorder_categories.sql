-- Numbers the categories as $1 lists them; those that stay in their place are not touched.
UPDATE service_categories
SET position = wanted.position, updated_at = clock_timestamp(), version = version + 1
FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, position)
WHERE service_categories.id = wanted.id AND service_categories.position <> wanted.position
