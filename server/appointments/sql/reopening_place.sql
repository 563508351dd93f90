-- R54: where a reopened appointment finds its time: in the session of its class that runs then by now,
-- else in the occupation ($1) that it had.
SELECT id, ends_at
FROM occupations
WHERE id = $1
   OR (staff_id = $2 AND service_id = $3 AND starts_at = $4 AND active AND capacity > 1)
ORDER BY active DESC, id = $1 DESC
LIMIT 1
