-- As list_entries for what has been given up: few among many, with an index of their own.
SELECT id, event, channel, status, attempts, last_error, sealed, appointment_id, created_at, wanted_at,
       due_at, delivered_at, sequence, coalesce(leased_until > now(), false), confirmed_at
FROM outbox
WHERE status = 'dead' AND sequence < $1 AND ($2::text IS NULL OR channel = $2)
ORDER BY sequence DESC
LIMIT $3
