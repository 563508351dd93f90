-- Notes which images have lost their owner, however that came, and which have got one.
UPDATE images
SET unnamed_since = CASE WHEN images.unnamed_since IS NULL THEN now() END
WHERE (images.unnamed_since IS NULL)
      <> (EXISTS (SELECT FROM services WHERE services.image_id = images.id)
          OR EXISTS (SELECT FROM users WHERE users.avatar_id = images.id)
          OR EXISTS (SELECT FROM gallery_items WHERE gallery_items.image_id = images.id))
