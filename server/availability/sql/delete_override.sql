-- A day follows the weekly hours again.
DELETE FROM staff_overrides WHERE staff_id = $1 AND date = $2
