-- Due at once, with another 72 hours before it is given up.
UPDATE outbox
SET status = 'waiting', due_at = now(), wanted_at = now(), leased_until = NULL, channel_failed = false,
    unanswered = 0
WHERE id = $1
RETURNING due_at
