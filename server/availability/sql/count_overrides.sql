-- The total of list_overrides, only where a client asks for it.
SELECT count(*)
FROM staff JOIN staff_overrides AS overrides ON overrides.staff_id = staff.id
WHERE staff.id = $1 AND (staff.user_id = $2 AND staff.active OR $3)
  AND ($4::date IS NULL OR overrides.date >= $4)
  AND ($5::date IS NULL OR overrides.date <= $5)
