-- A picture more, after all others, unless there are $3 of them.
INSERT INTO gallery_items (id, image_id, position)
SELECT $1, $2, coalesce(max(position) + 1, 0)
FROM gallery_items
HAVING count(*) < $3
RETURNING id
