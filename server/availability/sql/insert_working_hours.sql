-- The weekly hours of a member, one interval for each place of the three arrays.
INSERT INTO working_hours (staff_id, weekday, start_minute, end_minute)
SELECT $1, weekday, start_minute, end_minute
FROM unnest($2::int2[], $3::int2[], $4::int2[]) AS week (weekday, start_minute, end_minute)
