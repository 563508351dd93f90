-- R54: a transition, if the appointment is still as it was read.
UPDATE appointments
SET status = $3, cancel_reason = $4, updated_at = $5, version = version + 1
WHERE id = $1 AND version = $2
