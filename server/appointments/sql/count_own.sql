-- The total of list_own_by_start, only where a client asks for it.
SELECT count(*)
FROM (
  SELECT id, user_id, service_id, staff_id, date, starts_at, status, notes, customer_name,
         customer_email, customer_phone
  FROM appointments WHERE user_id = $1
  UNION ALL
  SELECT id, user_id, service_id, staff_id, date, starts_at, status, notes, customer_name,
         customer_email, customer_phone
  FROM appointments
  WHERE staff_id = $2 AND (user_id = $1) IS NOT TRUE
) a
WHERE a.starts_at >= $3 AND a.starts_at < $4
  AND coalesce(a.date >= $5 AND a.date <= $6)
  AND coalesce(a.status = ANY ($7), true)
  AND coalesce(a.service_id = $8, true)
  AND coalesce(a.user_id = $9, $9 IS NULL)
  AND coalesce(a.staff_id = $10, true)
  AND CASE WHEN $11::text IS NULL THEN true ELSE
        a.notes ILIKE $11 OR a.customer_name ILIKE $11 OR a.customer_email ILIKE $11
        OR a.customer_phone ILIKE $11
        OR EXISTS (SELECT FROM users WHERE id = a.user_id
                   AND (name ILIKE $11 OR email ILIKE $11 OR phone ILIKE $11))
        OR EXISTS (SELECT FROM services WHERE id = a.service_id AND name ILIKE $11)
        OR EXISTS (SELECT FROM staff WHERE id = a.staff_id AND name ILIKE $11) END
