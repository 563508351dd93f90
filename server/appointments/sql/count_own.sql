-- The total of list_own_by_start, only where a client asks for it.
SELECT count(*)
FROM (
  SELECT id, user_id, service_id, staff_id, date, starts_at, status
  FROM appointments WHERE user_id = $1
  UNION ALL
  SELECT id, user_id, service_id, staff_id, date, starts_at, status
  FROM appointments
  WHERE staff_id = $2 AND (user_id = $1) IS NOT TRUE
) a
WHERE a.starts_at >= $3 AND a.starts_at < $4
  AND coalesce(a.date >= $5 AND a.date <= $6)
  AND coalesce(a.status = ANY ($7), true)
  AND coalesce(a.service_id = $8, true)
  AND coalesce(a.user_id = $9, $9 IS NULL)
  AND coalesce(a.staff_id = $10, true)
