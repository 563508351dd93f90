-- A page of the staff who are there, or ($4 false) of those who have left, in the business's order.
SELECT staff.id, staff.name, staff.title, staff.bio, staff.active, staff.position, staff.version,
       ARRAY(SELECT services.id
             FROM staff_services JOIN services ON services.id = staff_services.service_id
             WHERE staff_services.staff_id = staff.id AND services.active
             ORDER BY services.position, services.id),
       staff.user_id
FROM staff
WHERE staff.active = $4
  AND (staff.position, staff.id) > ($1, $2)
ORDER BY staff.position, staff.id
LIMIT $3
