-- The same, and nobody can book it until it is known whether it goes or retires.
SELECT id FROM services WHERE id = $1 FOR UPDATE
