-- R71: what nobody has sent within 72 hours of the moment at which it was to leave (no sender, no worker, a channel that
-- others try) is not sent months later in a flood. What backs off is left to its next attempt.
UPDATE outbox
SET status = 'dead', leased_until = NULL, channel_failed = false,
    last_error = 'nobody sent it within 72 hours' || coalesce('; before that: ' || last_error, '')
WHERE id IN (SELECT id
             FROM outbox
             WHERE status = 'waiting' AND wanted_at < now() - interval '72 hours' AND due_at <= now()
               AND (leased_until IS NULL OR leased_until <= now())
             LIMIT 1000
             FOR UPDATE SKIP LOCKED)
