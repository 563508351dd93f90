-- R16: a page of one customer's appointments, the newest booking first; before ($2, $3), made at or
-- after $4.
SELECT a.id, a.user_id, users.name, a.service_id, services.name, a.staff_id, staff.name,
       a.date, a.time, a.timezone, a.starts_at, a.ends_at, a.duration, a.price, a.currency,
       a.status, a.party_size, a.notes, a.cancel_reason, a.created_at, a.updated_at, a.version,
       a.customer_name, a.customer_phone, a.customer_email
FROM appointments a
JOIN users ON users.id = a.user_id
JOIN services ON services.id = a.service_id
JOIN staff ON staff.id = a.staff_id
WHERE a.user_id = $1 AND (a.created_at, a.id) < ($2, $3) AND a.created_at >= $4
  AND a.date >= $5 AND a.date <= $6
  AND ($7::text[] IS NULL OR a.status = ANY ($7))
  AND ($8::uuid IS NULL OR a.service_id = $8)
  AND ($9::uuid IS NULL OR a.staff_id = $9)
ORDER BY a.created_at DESC, a.id DESC
LIMIT $10
