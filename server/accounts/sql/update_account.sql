-- What a person changes of their own account.
UPDATE users
SET name = $2, phone = $3, phone_verified = $4, locale = $5, timezone = $6, updated_at = clock_timestamp(),
    version = version + 1
WHERE id = $1
RETURNING updated_at, version
