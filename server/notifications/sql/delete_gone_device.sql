-- Its push service does not know the address any more. A device that has got another one since stays.
DELETE FROM devices WHERE id = $1 AND target_key = $2
RETURNING user_id
