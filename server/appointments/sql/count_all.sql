-- The total of list_all_by_start, only where a client asks for it.
SELECT count(*)
FROM appointments a
WHERE a.starts_at >= $1 AND a.starts_at < $2
  AND coalesce(a.date >= $3 AND a.date <= $4)
  AND coalesce(a.status = ANY ($5), true)
  AND coalesce(a.service_id = $6, true)
  AND coalesce(a.user_id = $7, $7 IS NULL)
  AND coalesce(a.staff_id = $8, true)
