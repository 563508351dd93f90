-- R32: services (true) and members of staff (false) in whose name the text of the pattern $1 occurs.
-- One more than a search takes.
SELECT id, true FROM services WHERE name ILIKE $1
UNION ALL
SELECT id, false FROM staff WHERE name ILIKE $1
LIMIT 1001
