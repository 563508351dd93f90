-- The hours of one day of a member, who is held.
SELECT date, start_minutes, end_minutes
FROM staff_overrides
WHERE staff_id = $1 AND date = $2
