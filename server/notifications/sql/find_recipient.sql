-- Where somebody is reached, and what of a group they switched on or off themselves.
SELECT users.name, users.email, CASE WHEN users.phone_verified THEN users.phone END, users.locale,
       own.quiet_start, own.quiet_end,
       ARRAY(SELECT channel FROM notification_preferences WHERE user_id = $1 AND event_group = $2 AND wanted),
       ARRAY(SELECT channel FROM notification_preferences WHERE user_id = $1 AND event_group = $2 AND NOT wanted)
FROM users LEFT JOIN notification_settings AS own ON own.user_id = users.id
WHERE users.id = $1 AND users.status <> 'disabled'
