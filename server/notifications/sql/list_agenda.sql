-- A member's day. More than a mail shows is only counted.
SELECT a.starts_at, a.ends_at, services.name, coalesce(users.name, a.customer_name, '')
FROM appointments a
JOIN services ON services.id = a.service_id
LEFT JOIN users ON users.id = a.user_id
WHERE a.staff_id = $1 AND a.starts_at >= $2 AND a.starts_at < $3
  AND a.status IN ('pending', 'confirmed')
ORDER BY a.starts_at, a.id
LIMIT 500
