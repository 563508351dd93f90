-- The picture is not shown any more; its files go later.
DELETE FROM gallery_items WHERE id = $1
