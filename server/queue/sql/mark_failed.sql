-- Try again after 1 s * 2^n with jitter, at most 15 minutes; dead after 72 hours, or at once when
-- the recipient can never be reached ($3).
UPDATE outbox
SET status = CASE WHEN $3 OR created_at < now() - interval '72 hours' THEN 'dead' ELSE 'waiting' END,
    due_at = now() + least(interval '1 second' * power(2, least(attempts, 20)), interval '15 minutes')
                     * (0.75 + random() / 2),
    leased_until = NULL, last_error = $2
WHERE id = $1 AND status = 'waiting'
