-- One message, held until the operator's change of it commits.
SELECT id, event, channel, status, attempts, last_error, sealed, appointment_id, created_at, wanted_at,
       due_at, delivered_at, sequence, coalesce(leased_until > now(), false), confirmed_at
FROM outbox
WHERE id = $1
FOR UPDATE
