-- One picture of the gallery.
SELECT gallery_items.id, gallery_items.position, gallery_items.version, images.key, images.kind, images.width,
       images.height, images.blurhash, images.alt, images.widths, images.heights
FROM gallery_items JOIN images ON images.id = gallery_items.image_id
WHERE gallery_items.id = $1
