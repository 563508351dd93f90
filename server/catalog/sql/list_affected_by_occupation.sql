-- The booked appointments that some occupations ($1) were made for and that are not over, and how many there are.
SELECT appointments.id, services.id, services.name, staff.id, staff.name, appointments.starts_at,
       appointments.ends_at, appointments.status, count(*) OVER ()
FROM appointments
JOIN services ON services.id = appointments.service_id
JOIN staff ON staff.id = appointments.staff_id
WHERE appointments.occupation_id = ANY ($1::uuid[])
  AND appointments.ends_at > now() AND appointments.status IN ('pending', 'confirmed')
ORDER BY appointments.starts_at, appointments.id
LIMIT $2
