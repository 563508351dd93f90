-- What differs from the defaults.
INSERT INTO notification_preferences (user_id, event_group, channel, wanted)
SELECT $1, chosen.event_group, chosen.channel, chosen.wanted::boolean
FROM unnest($2::text[], $3::text[], $4::text[]) AS chosen (event_group, channel, wanted)
