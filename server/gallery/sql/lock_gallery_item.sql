-- Changes of a picture come one after the other, so that each sees the version it is held to.
SELECT id FROM gallery_items WHERE id = $1 FOR UPDATE
