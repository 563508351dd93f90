-- Changes of a category come one after the other, so that each sees the version it is held to.
SELECT id FROM service_categories WHERE id = $1 FOR UPDATE
