-- The time that is taken from the members ($2, or everyone) who do a service ($1), for a booking; seats only for sessions of that very service.
SELECT occupations.staff_id, occupations.id, occupations.starts_at, occupations.ends_at,
       occupations.during,
       CASE WHEN occupations.service_id = $1 AND occupations.capacity > 1
            THEN occupations.capacity END,
       occupations.booked
FROM staff_services JOIN occupations ON occupations.staff_id = staff_services.staff_id
WHERE staff_services.service_id = $1 AND ($2::uuid IS NULL OR staff_services.staff_id = $2)
  AND occupations.active AND occupations.starts_at > $3 AND occupations.starts_at < $4
