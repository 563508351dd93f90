-- Numbers the pictures as $1 lists them; those that stay in their place are not touched.
UPDATE gallery_items
SET position = wanted.position, version = version + 1
FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, position)
WHERE gallery_items.id = wanted.id AND gallery_items.position <> wanted.position
