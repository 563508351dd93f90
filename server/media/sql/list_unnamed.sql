-- Images that nobody has named for a while, the longest ones first: a page that was read before may
-- still show them.
SELECT id, key, kind, widths
FROM images
WHERE unnamed_since < now() - make_interval(secs => $1)
ORDER BY unnamed_since
LIMIT $2
