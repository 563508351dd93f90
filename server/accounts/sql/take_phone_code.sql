-- A right code works once; of two requests with it only one finds the row, and none after a later code.
DELETE FROM phone_codes WHERE user_id = $1 AND id = $2
RETURNING user_id
