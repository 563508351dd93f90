-- R71: a channel works again, so what waited for it leaves now rather than at its own back-off.
-- Whatever another worker holds is left to it.
UPDATE outbox
SET due_at = now()
WHERE id IN (SELECT id
             FROM outbox
             WHERE status = 'waiting' AND channel = $1 AND due_at > now() AND channel_failed
               AND (leased_until IS NULL OR leased_until <= now())
             FOR UPDATE SKIP LOCKED)
