-- The active members of each service in the business's order, for the copies in memory.
SELECT staff_services.service_id, staff.id
FROM staff JOIN staff_services ON staff_services.staff_id = staff.id
WHERE staff.active
ORDER BY staff.position, staff.id
