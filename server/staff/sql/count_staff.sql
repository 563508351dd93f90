-- The total of list_staff, only where a client asks for it.
SELECT count(*)
FROM staff
WHERE staff.active = $1
  AND ($2::uuid IS NULL OR EXISTS (SELECT FROM staff_services
                                   WHERE staff_services.staff_id = staff.id
                                     AND staff_services.service_id = $2))
