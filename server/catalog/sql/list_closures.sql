-- A page of the closures by date; a NULL bound does not narrow.
SELECT date, reason
FROM closures
WHERE ($1::date IS NULL OR date >= $1)
  AND ($2::date IS NULL OR date <= $2)
  AND ($3::date IS NULL OR date > $3)
ORDER BY date
LIMIT $4
