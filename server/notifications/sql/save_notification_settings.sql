-- Quiet hours, and the version of all that a person has chosen: 1 is what everybody begins with.
INSERT INTO notification_settings (user_id, quiet_start, quiet_end, version) VALUES ($1, $2, $3, 2)
ON CONFLICT (user_id) DO UPDATE
SET quiet_start = excluded.quiet_start, quiet_end = excluded.quiet_end, version = notification_settings.version + 1
RETURNING version
