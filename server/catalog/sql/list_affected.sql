-- The booked appointments in a stretch of time ($1 to $2) that are not over, and how many there are. Read here, although appointments are a later feature's: the answer belongs to the closure's transaction, under its locks. Nothing lasts longer than a day.
SELECT appointments.id, services.id, services.name, staff.id, staff.name, appointments.starts_at,
       appointments.ends_at, appointments.status, count(*) OVER ()
FROM appointments
JOIN services ON services.id = appointments.service_id
JOIN staff ON staff.id = appointments.staff_id
WHERE appointments.starts_at >= $1::timestamptz - interval '1 day' AND appointments.starts_at < $2
  AND appointments.ends_at > $1 AND appointments.ends_at > now()
  AND appointments.status IN ('pending', 'confirmed')
ORDER BY appointments.starts_at, appointments.id
LIMIT $3
