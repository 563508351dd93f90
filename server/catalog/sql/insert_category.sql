-- A category more, after all others, unless there are $4 of them.
INSERT INTO service_categories (id, name, description, position)
SELECT $1, $2, $3, coalesce(max(position) + 1, 0)
FROM service_categories
HAVING count(*) < $4
RETURNING position, version
