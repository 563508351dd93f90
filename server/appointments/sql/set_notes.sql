-- The only field that is changed without a verb of its own.
UPDATE appointments
SET notes = $3, updated_at = $4, version = version + 1
WHERE id = $1 AND version = $2
