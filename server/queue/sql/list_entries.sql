-- A page of the outbox for operators, newest first.
SELECT id, event, channel, status, attempts, last_error, sealed, appointment_id, created_at, wanted_at,
       due_at, delivered_at, sequence, coalesce(leased_until > now(), false), confirmed_at
FROM outbox
WHERE sequence < $1 AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR channel = $3)
ORDER BY sequence DESC
LIMIT $4
