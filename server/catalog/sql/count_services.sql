-- The total of list_services, only where a client asks for it.
SELECT count(*)
FROM services
WHERE services.active = $1
  AND ($2::uuid IS NULL OR services.category_id = $2)
  AND ($3::uuid IS NULL OR EXISTS (SELECT FROM staff_services
                                   WHERE staff_services.service_id = services.id
                                     AND staff_services.staff_id = $3))
  AND ($4::text IS NULL OR services.name ILIKE $4 OR services.description ILIKE $4)
