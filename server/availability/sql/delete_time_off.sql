-- An absence ($2) of this very member ($1) is called off.
DELETE FROM time_off WHERE staff_id = $1 AND id = $2
