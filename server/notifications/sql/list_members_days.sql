-- Members with a login who have something to do, and when that begins: whom a day's agenda is for.
SELECT staff.id, staff.user_id, min(a.starts_at)
FROM appointments a JOIN staff ON staff.id = a.staff_id JOIN users ON users.id = staff.user_id
WHERE a.starts_at >= $1 AND a.starts_at < $2 AND a.status IN ('pending', 'confirmed')
  AND staff.active AND users.status = 'active'
GROUP BY staff.id, staff.user_id
LIMIT 2000
