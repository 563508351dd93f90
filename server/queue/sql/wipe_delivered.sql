-- R71: bodies that the development inbox has shown for a day.
UPDATE outbox
SET sealed = NULL
WHERE id IN (SELECT id FROM outbox
             WHERE status = 'delivered' AND sealed IS NOT NULL
               AND delivered_at < now() - interval '24 hours'
             LIMIT 1000)
