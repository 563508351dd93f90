-- A page of the gallery in the business's order.
SELECT gallery_items.id, gallery_items.position, gallery_items.version, images.key, images.kind, images.width,
       images.height, images.blurhash, images.alt, images.widths, images.heights
FROM gallery_items JOIN images ON images.id = gallery_items.image_id
WHERE (gallery_items.position, gallery_items.id) > ($1, $2)
ORDER BY gallery_items.position, gallery_items.id
LIMIT $3
