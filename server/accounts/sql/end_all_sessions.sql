-- Logs an account out everywhere.
UPDATE sessions SET revoked_at = clock_timestamp() WHERE user_id = $1 AND revoked_at IS NULL
RETURNING id
