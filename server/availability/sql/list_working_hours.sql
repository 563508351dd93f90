-- The weekly hours of one member, who may have left only if $2, and the zone they are in. No row at all: no such member.
SELECT settings.timezone, working_hours.weekday, working_hours.start_minute, working_hours.end_minute
FROM staff
CROSS JOIN settings
LEFT JOIN working_hours ON working_hours.staff_id = staff.id
WHERE staff.id = $1 AND (staff.active OR $2)
ORDER BY working_hours.weekday, working_hours.start_minute
