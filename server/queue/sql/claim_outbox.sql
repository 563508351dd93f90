-- Takes due messages for a minute. Two workers never hold the same one: SKIP LOCKED while both
-- look, the lease afterwards. A worker that dies loses its lease, not the message.
UPDATE outbox
SET leased_until = now() + interval '60 seconds', attempts = attempts + 1
WHERE id IN (SELECT id
             FROM outbox
             WHERE status = 'waiting' AND due_at <= now() AND channel = ANY ($1)
               AND (leased_until IS NULL OR leased_until <= now())
             ORDER BY due_at
             LIMIT $2
             FOR UPDATE SKIP LOCKED)
RETURNING id, event, channel, user_id, appointment_id, sealed, attempts
