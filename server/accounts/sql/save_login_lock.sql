-- R08: the state of one account and network after an attempt began.
INSERT INTO login_locks (email_hmac, network, failed_at, locks, locked_until) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (email_hmac, network) DO UPDATE
SET failed_at = excluded.failed_at, locks = excluded.locks, locked_until = excluded.locked_until,
    updated_at = clock_timestamp()
