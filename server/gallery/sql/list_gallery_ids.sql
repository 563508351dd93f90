-- What an order of the gallery has to name.
SELECT id FROM gallery_items
