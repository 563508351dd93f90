-- What the development inbox shows, newest first.
SELECT id, channel, sealed, created_at
FROM outbox
WHERE sealed IS NOT NULL
ORDER BY sequence DESC
LIMIT $1
