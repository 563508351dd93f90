-- Only while nobody names it; a reference that comes at the same moment makes the foreign key refuse.
DELETE FROM images
WHERE id = $1
  AND NOT EXISTS (SELECT FROM services WHERE services.image_id = $1)
  AND NOT EXISTS (SELECT FROM users WHERE users.avatar_id = $1)
  AND NOT EXISTS (SELECT FROM gallery_items WHERE gallery_items.image_id = $1)
