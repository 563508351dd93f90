-- R52: whose time a reschedule will change, read before the locks that must come first.
SELECT a.staff_id, a.service_id
FROM appointments a
WHERE a.id = $1
  AND (a.user_id = $2 OR $3
       OR EXISTS (SELECT FROM staff WHERE staff.id = a.staff_id AND staff.user_id = $2 AND staff.active))
