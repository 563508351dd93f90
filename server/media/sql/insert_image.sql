-- An image that nothing shows yet; committed before its files are written.
INSERT INTO images (id, key, kind, width, height, blurhash, alt, widths, heights, webp_bytes, jpeg_bytes)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
