-- The weekly hours of one member. No row at all: there is no such member.
SELECT working_hours.weekday, working_hours.start_minute, working_hours.end_minute
FROM staff LEFT JOIN working_hours ON working_hours.staff_id = staff.id
WHERE staff.id = $1
ORDER BY working_hours.weekday, working_hours.start_minute
