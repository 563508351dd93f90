-- A message that somebody wants sent once more, whatever became of it and whether it is still known; in no
-- order, for it would hold up those that came after it. Nothing while a worker has it.
INSERT INTO outbox AS known (id, event, channel, user_id, appointment_id, sealed)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE
SET status = 'waiting', sealed = excluded.sealed, order_key = NULL, due_at = now(), wanted_at = now(),
    leased_until = NULL, channel_failed = false, delivered_at = NULL, unanswered = 0
WHERE known.leased_until IS NULL OR known.leased_until <= now()
RETURNING id
