-- Rows of delivered messages hold nothing any more; a month is kept for questions.
DELETE FROM outbox
WHERE id IN (SELECT id FROM outbox
             WHERE status = 'delivered' AND delivered_at < now() - interval '30 days'
             LIMIT 1000)
