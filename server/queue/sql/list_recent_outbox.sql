-- What the development inbox shows, newest first: messages, not the events that they are made of, and nothing for programs.
SELECT id, channel, sealed, created_at
FROM outbox
WHERE sealed IS NOT NULL AND channel NOT IN ('webhook', 'event')
ORDER BY sequence DESC
LIMIT $1
