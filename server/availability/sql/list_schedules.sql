-- When the members ($2, or everyone) who do a service ($1) work, one row a member, in the business's order. Hours come as runs of three numbers: the weekday, or the days since $3, then start and end in minutes.
SELECT staff.id,
       ARRAY(SELECT unnest(ARRAY[weekday, start_minute, end_minute])
             FROM working_hours WHERE staff_id = staff.id),
       ARRAY(SELECT date FROM staff_overrides
             WHERE staff_id = staff.id AND date BETWEEN $3 AND $4),
       ARRAY(SELECT unnest(ARRAY[(date - $3::date)::int2, hours.start_minute, hours.end_minute])
             FROM staff_overrides,
                  unnest(start_minutes, end_minutes) AS hours (start_minute, end_minute)
             WHERE staff_id = staff.id AND date BETWEEN $3 AND $4),
       ARRAY(SELECT tstzrange(starts_at, ends_at) FROM time_off
             WHERE staff_id = staff.id AND ends_at > $5 AND starts_at < $6)
FROM staff_services JOIN staff ON staff.id = staff_services.staff_id
WHERE staff_services.service_id = $1 AND ($2::uuid IS NULL OR staff_services.staff_id = $2)
  AND staff.active
ORDER BY staff.position, staff.id
