-- The absences of a member that are not over.
SELECT tstzrange(starts_at, ends_at)
FROM time_off
WHERE staff_id = $1 AND ends_at > now()
ORDER BY starts_at
