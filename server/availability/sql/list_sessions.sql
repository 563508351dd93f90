-- The sessions of classes that some members ($1) hold between $2 and $3, for the copies in memory.
SELECT staff_id, id, starts_at, ends_at, during, capacity, booked, service_id
FROM occupations
WHERE staff_id = ANY ($1) AND capacity > 1 AND active AND starts_at > $2 AND starts_at < $3
