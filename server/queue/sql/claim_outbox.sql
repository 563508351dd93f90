-- Takes due messages of one channel for a minute. Two workers never hold the same one: SKIP LOCKED
-- while both look, the lease afterwards, and `claims` says whose lease it is. A worker that dies
-- loses its lease, not the message. Of those that keep an order only the first that waits is taken.
UPDATE outbox
SET leased_until = now() + interval '60 seconds', attempts = attempts + 1, claims = claims + 1
WHERE id IN (SELECT due.id
             FROM outbox AS due
             WHERE due.status = 'waiting' AND due.channel = $1 AND due.due_at <= now()
               AND (due.leased_until IS NULL OR due.leased_until <= now())
               AND (due.order_key IS NULL
                    OR NOT EXISTS (SELECT FROM outbox AS earlier
                                   WHERE earlier.order_key = due.order_key AND earlier.status = 'waiting'
                                     AND earlier.sequence < due.sequence))
             ORDER BY due.due_at
             LIMIT $2
             FOR UPDATE SKIP LOCKED)
RETURNING id, claims, sealed, event, user_id, appointment_id
