-- What one person has chosen, and whose clock their quiet hours go by.
SELECT coalesce(own.version, 1), own.quiet_start, own.quiet_end, settings.timezone,
       ARRAY(SELECT event_group FROM notification_preferences WHERE user_id = $1 ORDER BY event_group, channel),
       ARRAY(SELECT channel FROM notification_preferences WHERE user_id = $1 ORDER BY event_group, channel),
       ARRAY(SELECT wanted FROM notification_preferences WHERE user_id = $1 ORDER BY event_group, channel)
FROM settings LEFT JOIN notification_settings AS own ON own.user_id = $1
