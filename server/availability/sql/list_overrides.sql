-- A page of the days with hours of their own of a member whom the caller ($2, or $3: everyone) may see; a NULL bound does not narrow.
SELECT overrides.date, overrides.start_minutes, overrides.end_minutes
FROM staff JOIN staff_overrides AS overrides ON overrides.staff_id = staff.id
WHERE staff.id = $1 AND (staff.user_id = $2 AND staff.active OR $3)
  AND ($4::date IS NULL OR overrides.date >= $4)
  AND ($5::date IS NULL OR overrides.date <= $5)
  AND ($6::date IS NULL OR overrides.date > $6)
ORDER BY overrides.date
LIMIT $7
