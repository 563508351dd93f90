-- A page of the absences of a member whom the caller ($2, or $3: everyone) may see, by start; a NULL bound does not narrow, what touches the time from $4 to $5 is in it.
SELECT time_off.id, time_off.staff_id, tstzrange(time_off.starts_at, time_off.ends_at), time_off.reason
FROM staff JOIN time_off ON time_off.staff_id = staff.id
WHERE staff.id = $1 AND (staff.user_id = $2 AND staff.active OR $3)
  AND ($4::timestamptz IS NULL OR time_off.ends_at > $4)
  AND ($5::timestamptz IS NULL OR time_off.starts_at < $5)
  AND ($6::timestamptz IS NULL OR (time_off.starts_at, time_off.id) > ($6, $7))
ORDER BY time_off.starts_at, time_off.id
LIMIT $8
