-- The total of list_own_found, only where a client asks for it.
SELECT count(*)
FROM appointments a
LEFT JOIN users ON users.id = a.user_id
WHERE (a.user_id = $1 OR a.staff_id = $2) AND a.starts_at >= $3 AND a.starts_at < $4
  AND coalesce(a.date >= $5 AND a.date <= $6)
  AND coalesce(a.status = ANY ($7), true)
  AND coalesce(a.service_id = $8, true)
  AND coalesce(a.user_id = $9, $9 IS NULL)
  AND coalesce(a.staff_id = $10, true)
  AND (appointment_text(a.notes, a.customer_name, a.customer_phone, a.customer_email) ILIKE $12
       OR a.service_id = ANY (ARRAY(SELECT id FROM services WHERE name ILIKE $12))
       OR a.staff_id = ANY (ARRAY(SELECT id FROM staff WHERE name ILIKE $12))
       OR users.name ILIKE $12
       OR users.email = $11 OR users.phone = $11
       OR $13 AND (users.email ILIKE $12 OR users.phone ILIKE $12))
