-- A device belongs to whoever registered it last.
INSERT INTO devices (id, user_id, session_id, platform, channel, target, target_key)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (id) DO UPDATE
SET user_id = excluded.user_id, session_id = excluded.session_id, platform = excluded.platform,
    channel = excluded.channel, target = excluded.target, target_key = excluded.target_key,
    registered_at = clock_timestamp()
RETURNING registered_at
