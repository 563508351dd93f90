-- An absence more, unless the member has $6 that are not over.
INSERT INTO time_off (id, staff_id, starts_at, ends_at, reason)
SELECT $1, $2, $3, $4, $5
FROM time_off
WHERE staff_id = $2 AND ends_at > now()
HAVING count(*) < $6
