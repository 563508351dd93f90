-- R16: a page of one customer's appointments, the latest first; before ($2, $3), from $4 on.
-- coalesce keeps the planner from taking a filter that is NULL for a selective one, which would have
-- its generic plan sort all that a customer ever booked.
SELECT a.id, a.user_id, (SELECT name FROM users WHERE id = a.user_id),
       a.service_id, (SELECT name FROM services WHERE id = a.service_id),
       a.staff_id, (SELECT name FROM staff WHERE id = a.staff_id),
       a.date, a.time, a.timezone, a.starts_at, a.ends_at, a.duration, a.price, a.currency,
       a.status, a.party_size, a.notes, a.cancel_reason, a.created_at, a.updated_at, a.version,
       a.customer_name, a.customer_phone, a.customer_email
FROM appointments a
WHERE a.user_id = $1 AND (a.starts_at, a.id) < ($2, $3) AND a.starts_at >= $4
  AND coalesce(a.date >= $5 AND a.date <= $6)
  AND coalesce(a.status = ANY ($7), true)
  AND coalesce(a.service_id = $8, true)
  AND coalesce(a.staff_id = $9, true)
ORDER BY a.starts_at DESC, a.id DESC
LIMIT $10
