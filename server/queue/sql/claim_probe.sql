-- One message of a channel that is away, before it is due: to see whether the channel works again.
-- Only one that has been tried already; what is to leave next week stays, and so does what may have arrived.
UPDATE outbox
SET leased_until = now() + interval '60 seconds', attempts = attempts + 1, claims = claims + 1
WHERE id = (SELECT id
            FROM outbox
            WHERE status = 'waiting' AND channel = $1 AND channel_failed AND unanswered = 0
              AND (leased_until IS NULL OR leased_until <= now())
            ORDER BY due_at
            LIMIT 1
            FOR UPDATE SKIP LOCKED)
RETURNING id, claims, sealed, event, user_id, appointment_id
