-- The calendars of some members ($1) for the copies in memory, each with the revision that it has in this statement's snapshot; hours and days off from the dates $2 to $3 as in list_schedules, time that is taken between $4 and $5.
SELECT calendar_revisions.staff_id,
       ARRAY(SELECT unnest(ARRAY[weekday, start_minute, end_minute])
             FROM working_hours WHERE staff_id = calendar_revisions.staff_id),
       ARRAY(SELECT date FROM staff_overrides
             WHERE staff_id = calendar_revisions.staff_id AND date BETWEEN $2 AND $3),
       ARRAY(SELECT unnest(ARRAY[(date - $2::date)::int2, hours.start_minute, hours.end_minute])
             FROM staff_overrides,
                  unnest(start_minutes, end_minutes) AS hours (start_minute, end_minute)
             WHERE staff_id = calendar_revisions.staff_id AND date BETWEEN $2 AND $3),
       ARRAY(SELECT tstzrange(starts_at, ends_at) FROM time_off
             WHERE staff_id = calendar_revisions.staff_id AND ends_at > $4 AND starts_at < $5),
       ARRAY(SELECT during FROM occupations
             WHERE staff_id = calendar_revisions.staff_id AND active
               AND starts_at > $4 AND starts_at < $5),
       calendar_revisions.revision
FROM calendar_revisions
WHERE calendar_revisions.staff_id = ANY ($1)
