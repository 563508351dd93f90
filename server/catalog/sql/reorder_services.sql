-- Numbers the services as $1 lists them; those that stay in their place are not touched.
UPDATE services
SET position = wanted.position, updated_at = clock_timestamp(), version = version + 1
FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, position)
WHERE services.id = wanted.id AND services.position <> wanted.position
