-- A right code works once; of two requests with it only one finds the row, and none after a later wish.
DELETE FROM email_changes WHERE user_id = $1 AND id = $2
RETURNING email
