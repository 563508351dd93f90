-- A day more with hours of its own, unless the member has $6 of them from a date ($5) on.
INSERT INTO staff_overrides (staff_id, date, start_minutes, end_minutes)
SELECT $1, $2, $3, $4
FROM staff_overrides
WHERE staff_id = $1 AND date >= $5
HAVING count(*) < $6
