-- The recipient has it, and that is certain: whatever its service said before, and even where its answer never came.
UPDATE outbox
SET status = 'delivered', delivered_at = coalesce(delivered_at, now()), confirmed_at = now(), leased_until = NULL,
    last_error = NULL, channel_failed = false, sealed = NULL
WHERE id = $1 AND channel = $2 AND confirmed_at IS NULL
