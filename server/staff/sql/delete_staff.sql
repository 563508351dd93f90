-- Somebody whom nothing names but their own services, hours and absences, which go along.
DELETE FROM staff WHERE id = $1
