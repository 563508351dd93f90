-- R16: a page of the appointments of a customer ($1) and of a staff member ($2) in any
-- order: the sort key is microseconds, negative for a descending one. They are few enough to sort.
SELECT a.id, a.user_id, (SELECT name FROM users WHERE id = a.user_id),
       a.service_id, (SELECT name FROM services WHERE id = a.service_id),
       a.staff_id, (SELECT name FROM staff WHERE id = a.staff_id),
       a.date, a.time, a.timezone, a.starts_at, a.ends_at, a.duration, a.price, a.currency,
       a.status, a.party_size, a.notes, a.cancel_reason, a.created_at, a.updated_at, a.version,
       a.customer_name, a.customer_phone, a.customer_email
FROM (
  SELECT id, user_id, service_id, staff_id, date, time, timezone, starts_at, ends_at, duration,
         price, currency, status, party_size, notes, cancel_reason, created_at, updated_at, version,
         customer_name, customer_phone, customer_email
  FROM appointments WHERE user_id = $1
  UNION ALL
  SELECT id, user_id, service_id, staff_id, date, time, timezone, starts_at, ends_at, duration,
         price, currency, status, party_size, notes, cancel_reason, created_at, updated_at, version,
         customer_name, customer_phone, customer_email
  FROM appointments
  WHERE staff_id = $2 AND (user_id = $1) IS NOT TRUE
) a
CROSS JOIN LATERAL (
  SELECT (extract(epoch FROM CASE $3::text WHEN '-created_at' THEN a.created_at ELSE a.starts_at END)
          * CASE $3::text WHEN 'starts_at' THEN 1000000 ELSE -1000000 END)::bigint AS key
) sort
WHERE (sort.key, a.id) > ($4, $5) AND a.starts_at >= $6 AND a.starts_at < $7
  AND coalesce(a.date >= $8 AND a.date <= $9)
  AND coalesce(a.status = $10, true)
  AND coalesce(a.service_id = $11, true)
  AND coalesce(a.user_id = $12, $12 IS NULL)
  AND coalesce(a.staff_id = $13, true)
  AND CASE WHEN $14::text IS NULL THEN true ELSE
        a.notes ILIKE $14
        OR EXISTS (SELECT FROM users WHERE id = a.user_id AND name ILIKE $14)
        OR EXISTS (SELECT FROM services WHERE id = a.service_id AND name ILIKE $14)
        OR EXISTS (SELECT FROM staff WHERE id = a.staff_id AND name ILIKE $14) END
ORDER BY sort.key, a.id
LIMIT $15
