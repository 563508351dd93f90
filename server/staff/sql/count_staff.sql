-- The total of list_staff, only where a client asks for it.
SELECT count(*)
FROM staff
WHERE staff.active = $1
