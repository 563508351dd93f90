-- How many pictures the gallery has.
SELECT count(*) FROM gallery_items
