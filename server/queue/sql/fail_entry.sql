-- Its service has given it up. What it said may be wiped already; then it cannot leave again.
UPDATE outbox
SET status = 'dead', last_error = $3, leased_until = NULL, channel_failed = false
WHERE id = $1 AND channel = $2 AND confirmed_at IS NULL
