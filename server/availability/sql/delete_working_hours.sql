-- A week gives way to another one.
DELETE FROM working_hours WHERE staff_id = $1
