-- What the later invitation says.
UPDATE users
SET role_id = $2, name = $3, locale = coalesce($4, locale), updated_at = clock_timestamp(), version = version + 1
WHERE id = $1
