-- The closed days that some zone has not left behind.
SELECT date FROM closures WHERE date > (now() - interval '4 days')::date ORDER BY date
