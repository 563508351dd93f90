-- An account keeps so many sessions; the oldest give way.
UPDATE sessions SET revoked_at = clock_timestamp()
WHERE id IN (SELECT id FROM sessions WHERE user_id = $1 AND revoked_at IS NULL
             ORDER BY created_at DESC, id DESC OFFSET $2)
RETURNING id
