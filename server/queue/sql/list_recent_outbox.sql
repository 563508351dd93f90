-- What the development inbox shows, newest first: messages, and not the events that they are made of.
SELECT id, channel, sealed, created_at
FROM outbox
WHERE sealed IS NOT NULL AND channel <> 'event'
ORDER BY sequence DESC
LIMIT $1
