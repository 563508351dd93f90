-- A page of the services in the business's order; a NULL filter does not narrow.
SELECT services.id, services.category_id, services.name, services.description, services.price,
       settings.currency, services.duration, services.buffer_before, services.buffer_after,
       services.capacity, services.min_notice, services.active, services.position, services.version,
       ARRAY(SELECT staff.id
             FROM staff_services JOIN staff ON staff.id = staff_services.staff_id
             WHERE staff_services.service_id = services.id AND staff.active
             ORDER BY staff.position, staff.id)
FROM services CROSS JOIN settings
WHERE services.active = $1
  AND ($2::uuid IS NULL OR services.category_id = $2)
  AND ($3::uuid IS NULL OR EXISTS (SELECT FROM staff_services
                                   WHERE staff_services.service_id = services.id
                                     AND staff_services.staff_id = $3))
  AND ($4::text IS NULL OR services.name ILIKE $4 OR services.description ILIKE $4)
  AND (services.position, services.id) > ($5, $6)
ORDER BY services.position, services.id
LIMIT $7
