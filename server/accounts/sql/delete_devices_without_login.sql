-- R09, R12: devices whose login has run out still get pushes, until their owner ends all logins or all but one.
DELETE FROM devices WHERE user_id = $1 AND session_id IS NULL
