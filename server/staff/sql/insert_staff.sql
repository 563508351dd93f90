-- A member more, the last in the business's order, unless $6 are active.
INSERT INTO staff (id, user_id, name, title, bio, position)
SELECT $1, $2, $3, $4, $5, coalesce(max(position), 0) + 1
FROM staff
HAVING count(*) FILTER (WHERE active) < $6
