-- How many a list of the outbox has in all.
SELECT count(*)::int8
FROM outbox
WHERE ($1::text IS NULL OR status = $1) AND ($2::text IS NULL OR channel = $2)
