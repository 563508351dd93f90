-- Images that nobody has named for a while, the longest ones first, behind the one of $3 and $4: a page that was read before may
-- still show them.
SELECT id, unnamed_since, key, kind, widths
FROM images
WHERE unnamed_since < now() - make_interval(secs => $1)
  AND ($3::timestamptz IS NULL OR (unnamed_since, id) > ($3::timestamptz, $4::uuid))
ORDER BY unnamed_since, id
LIMIT $2
