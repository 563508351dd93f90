-- A page of the categories in the business's order.
SELECT id, name, description, position, version
FROM service_categories
WHERE (position, id) > ($1, $2)
ORDER BY position, id
LIMIT $3
