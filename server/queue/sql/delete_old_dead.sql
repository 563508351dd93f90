-- Nobody has looked at these for three months; they still hold whom they were for.
DELETE FROM outbox
WHERE id IN (SELECT id FROM outbox
             WHERE status = 'dead' AND wanted_at < now() - interval '90 days'
             LIMIT 1000)
