-- A logout or a reset after the backup must not be undone by restoring it: everybody logs in anew.
UPDATE sessions SET revoked_at = now() WHERE revoked_at IS NULL
