-- R71: a channel works again, so what waited for it leaves now rather than at its own back-off.
UPDATE outbox
SET due_at = now()
WHERE status = 'waiting' AND channel = $1 AND due_at > now() AND attempts > 0
