-- R54: the appointment is on again, where its time was found; a session may end otherwise by now.
UPDATE appointments
SET status = $3, occupation_id = $4, ends_at = $5, duration = $6, cancel_reason = NULL,
    updated_at = $7, version = version + 1
WHERE id = $1 AND version = $2
