-- The closures that still lie ahead, today included.
SELECT closures.date, closures.reason
FROM closures CROSS JOIN settings
WHERE closures.date >= (now() AT TIME ZONE settings.timezone)::date
ORDER BY closures.date
LIMIT 366
