-- A member with all fields that may change, under the lock of the row.
UPDATE staff
SET user_id = $2, name = $3, title = $4, bio = $5, active = $6, updated_at = now(), version = version + 1
WHERE id = $1
RETURNING version
