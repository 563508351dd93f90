-- The total of list_time_off, only where a client asks for it.
SELECT count(*)
FROM staff JOIN time_off ON time_off.staff_id = staff.id
WHERE staff.id = $1 AND (staff.user_id = $2 AND staff.active OR $3)
  AND ($4::timestamptz IS NULL OR time_off.ends_at > $4)
  AND ($5::timestamptz IS NULL OR time_off.starts_at < $5)
