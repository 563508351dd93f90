-- The total of list_closures, only where a client asks for it.
SELECT count(*)
FROM closures
WHERE ($1::date IS NULL OR date >= $1)
  AND ($2::date IS NULL OR date <= $2)
