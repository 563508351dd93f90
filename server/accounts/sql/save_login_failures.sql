-- R08: consecutive failures of an account over all networks.
INSERT INTO login_failures (email_hmac, consecutive) VALUES ($1, $2)
ON CONFLICT (email_hmac) DO UPDATE SET consecutive = excluded.consecutive, updated_at = clock_timestamp()
