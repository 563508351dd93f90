-- R13: a family of refresh tokens, from one login to a fixed end.
INSERT INTO sessions (id, user_id, device_name, address, expires_at)
VALUES ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))
