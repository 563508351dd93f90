-- A page of the staff in the business's order; a NULL service does not narrow.
SELECT staff.id, staff.name, staff.title, staff.bio, staff.active, staff.position, staff.version,
       ARRAY(SELECT services.id
             FROM staff_services JOIN services ON services.id = staff_services.service_id
             WHERE staff_services.staff_id = staff.id AND services.active
             ORDER BY services.position, services.id)
FROM staff
WHERE staff.active = $1
  AND ($2::uuid IS NULL OR EXISTS (SELECT FROM staff_services
                                   WHERE staff_services.staff_id = staff.id
                                     AND staff_services.service_id = $2))
  AND (staff.position, staff.id) > ($3, $4)
ORDER BY staff.position, staff.id
LIMIT $5
