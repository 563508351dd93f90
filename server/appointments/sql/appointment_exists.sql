-- R56: whether a COMMIT whose answer was lost stands.
SELECT EXISTS (SELECT FROM appointments WHERE id = $1)
