-- R08: what stands against an attempt, by the database's clock.
SELECT clock_timestamp(), coalesce(l.failed_at, '{}'), coalesce(l.locks, 0), l.locked_until, coalesce(f.consecutive, 0)
FROM (SELECT $1::bytea AS email_hmac) account
LEFT JOIN login_locks l ON l.email_hmac = account.email_hmac AND l.network = $2
LEFT JOIN login_failures f ON f.email_hmac = account.email_hmac
