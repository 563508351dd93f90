-- The business is open on this day after all.
DELETE FROM closures WHERE date = $1
