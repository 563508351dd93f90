-- R16: the zone of a member whose days the caller ($2) may see, being the member or one who sees all of them ($3). No row: nobody whom they know of.
SELECT settings.timezone
FROM staff CROSS JOIN settings
WHERE staff.id = $1 AND (staff.user_id = $2 AND staff.active OR $3)
