-- R16: a page of the appointments of a customer ($1) and of a staff member ($2), the newest booking
-- first; before ($3, $4), made from $5 on.
-- Each half comes in order from its own index, and no longer than the page.
SELECT a.id, a.user_id, (SELECT name FROM users WHERE id = a.user_id),
       a.service_id, (SELECT name FROM services WHERE id = a.service_id),
       a.staff_id, (SELECT name FROM staff WHERE id = a.staff_id),
       a.date, a.time, a.timezone, a.starts_at, a.ends_at, a.duration, a.price, a.currency,
       a.status, a.party_size, a.notes, a.cancel_reason, a.created_at, a.updated_at, a.version,
       a.customer_name, a.customer_phone, a.customer_email
FROM (
  (SELECT id, user_id, service_id, staff_id, date, time, timezone, starts_at, ends_at, duration,
          price, currency, status, party_size, notes, cancel_reason, created_at, updated_at, version,
          customer_name, customer_phone, customer_email
   FROM appointments a
   WHERE a.user_id = $1
     AND (a.created_at, a.id) < ($3, $4) AND a.created_at >= $5
     AND coalesce(a.date >= $6 AND a.date <= $7)
     AND coalesce(a.status = ANY ($8), true)
     AND coalesce(a.service_id = $9, true)
     AND coalesce(a.user_id = $10, $10 IS NULL)
     AND coalesce(a.staff_id = $11, true)
   ORDER BY a.created_at DESC, a.id DESC
   LIMIT $12)
  UNION ALL
  (SELECT id, user_id, service_id, staff_id, date, time, timezone, starts_at, ends_at, duration,
          price, currency, status, party_size, notes, cancel_reason, created_at, updated_at, version,
          customer_name, customer_phone, customer_email
   FROM appointments a
   WHERE a.staff_id = $2 AND (a.user_id = $1) IS NOT TRUE
     AND (a.created_at, a.id) < ($3, $4) AND a.created_at >= $5
     AND coalesce(a.date >= $6 AND a.date <= $7)
     AND coalesce(a.status = ANY ($8), true)
     AND coalesce(a.service_id = $9, true)
     AND coalesce(a.user_id = $10, $10 IS NULL)
     AND coalesce(a.staff_id = $11, true)
   ORDER BY a.created_at DESC, a.id DESC
   LIMIT $12)
) a
ORDER BY a.created_at DESC, a.id DESC
LIMIT $12
