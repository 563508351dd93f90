-- A wish that cannot come true still takes the place of the one before it.
DELETE FROM email_changes WHERE user_id = $1
