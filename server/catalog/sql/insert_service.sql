-- A service more, after all others, unless there are $12 of them.
INSERT INTO services (id, category_id, name, description, price, duration, buffer_before,
                      buffer_after, capacity, min_notice, max_advance_days, position)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce(max(position) + 1, 0)
FROM services
HAVING count(*) < $12
RETURNING position, version
