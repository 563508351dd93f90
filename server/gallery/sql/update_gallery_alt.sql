-- What a picture of the gallery shows, in words.
WITH item AS (
  UPDATE gallery_items SET version = version + 1 WHERE id = $1 RETURNING image_id, version
)
UPDATE images SET alt = $2 FROM item WHERE images.id = item.image_id
RETURNING item.version
