-- R52: takes the time; occupations_no_overlap judges.
INSERT INTO occupations (id, staff_id, service_id, starts_at, ends_at, during, capacity, booked)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
