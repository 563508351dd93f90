-- Other hours of its own for a day that has some.
UPDATE staff_overrides SET start_minutes = $3, end_minutes = $4 WHERE staff_id = $1 AND date = $2
