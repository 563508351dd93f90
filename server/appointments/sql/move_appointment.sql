-- R54: the appointment follows the time it has taken; price and status stay.
UPDATE appointments
SET staff_id = $3, occupation_id = $4, date = $5, time = $6, timezone = $7, starts_at = $8,
    ends_at = $9, duration = $10, updated_at = $11, version = version + 1
WHERE id = $1 AND version = $2
