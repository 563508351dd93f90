-- The total of list_own, only where a client asks for it.
SELECT count(*)
FROM (
  SELECT id, user_id, service_id, staff_id, date, starts_at, status, notes
  FROM appointments WHERE user_id = $1
  UNION ALL
  SELECT id, user_id, service_id, staff_id, date, starts_at, status, notes
  FROM appointments
  WHERE staff_id = (SELECT id FROM staff WHERE id = $2 OR user_id = $3) AND (user_id = $1) IS NOT TRUE
) a
WHERE a.starts_at >= $4 AND a.starts_at < $5
  AND coalesce(a.date >= $6 AND a.date <= $7)
  AND coalesce(a.status = $8, true)
  AND coalesce(a.service_id = $9, true)
  AND coalesce(a.user_id = $10, $10 IS NULL)
  AND coalesce(a.staff_id = $11, true)
  AND CASE WHEN $12::text IS NULL THEN true ELSE
        a.notes ILIKE $12
        OR EXISTS (SELECT FROM users WHERE id = a.user_id AND name ILIKE $12)
        OR EXISTS (SELECT FROM services WHERE id = a.service_id AND name ILIKE $12)
        OR EXISTS (SELECT FROM staff WHERE id = a.staff_id AND name ILIKE $12) END
