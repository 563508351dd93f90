-- R09: after a change that a thief would make, only the session that made it lives on.
UPDATE sessions SET revoked_at = clock_timestamp() WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL
RETURNING id
