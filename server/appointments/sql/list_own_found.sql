-- R16, R32: a page of what a search for $11, as a pattern $12, finds among the appointments of a
-- customer ($1) and of a staff member ($2); pieces of addresses and numbers of accounts with $13 only.
-- The order $14 is that of the type Order; the page is after ($15, $16). One person's are few
-- enough to sort.
SELECT a.id, a.user_id, users.name,
       a.service_id, (SELECT name FROM services WHERE id = a.service_id),
       a.staff_id, (SELECT name FROM staff WHERE id = a.staff_id),
       a.date, a.time, a.timezone, a.starts_at, a.ends_at, a.duration, a.price, a.currency,
       a.status, a.party_size, a.notes, a.cancel_reason, a.created_at, a.updated_at, a.version,
       a.customer_name, a.customer_phone, a.customer_email
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
  AND CASE $14::integer WHEN 0 THEN (a.starts_at, a.id) > ($15, $16)
                          WHEN 1 THEN (a.starts_at, a.id) < ($15, $16)
                          ELSE (a.created_at, a.id) < ($15, $16) END
ORDER BY CASE WHEN $14 = 0 THEN a.starts_at END, CASE WHEN $14 = 0 THEN a.id END,
         CASE WHEN $14 = 1 THEN a.starts_at ELSE a.created_at END DESC, a.id DESC
LIMIT $17
