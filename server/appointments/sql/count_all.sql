-- The total of list_all_by_start, only where a client asks for it.
SELECT count(*)
FROM appointments a
WHERE a.starts_at >= $1 AND a.starts_at < $2
  AND coalesce(a.date >= $3 AND a.date <= $4)
  AND coalesce(a.status = ANY ($5), true)
  AND coalesce(a.service_id = $6, true)
  AND coalesce(a.user_id = $7, $7 IS NULL)
  AND coalesce(a.staff_id = $8, true)
  AND CASE WHEN $9::text IS NULL THEN true ELSE
        a.notes ILIKE $9 OR a.customer_name ILIKE $9 OR a.customer_email ILIKE $9
        OR a.customer_phone ILIKE $9
        OR EXISTS (SELECT FROM users WHERE id = a.user_id
                   AND (name ILIKE $9 OR email ILIKE $9 OR phone ILIKE $9))
        OR EXISTS (SELECT FROM services WHERE id = a.service_id AND name ILIKE $9)
        OR EXISTS (SELECT FROM staff WHERE id = a.staff_id AND name ILIKE $9) END
