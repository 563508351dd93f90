-- The days with hours of their own of a member that some zone has not left behind.
SELECT date, start_minutes, end_minutes
FROM staff_overrides
WHERE staff_id = $1 AND date > (now() - interval '4 days')::date
ORDER BY date
