-- The sessions of a class ($1) held by its members ($2, or everyone), for a list of slots; of a service that is no class none.
SELECT occupations.staff_id, occupations.id, occupations.starts_at, occupations.ends_at,
       occupations.during, occupations.capacity, occupations.booked
FROM services
JOIN staff_services ON staff_services.service_id = services.id
JOIN occupations ON occupations.staff_id = staff_services.staff_id
WHERE services.id = $1 AND services.capacity > 1
  AND ($2::uuid IS NULL OR staff_services.staff_id = $2)
  AND occupations.service_id = $1 AND occupations.capacity > 1
  AND occupations.active AND occupations.starts_at > $3 AND occupations.starts_at < $4
