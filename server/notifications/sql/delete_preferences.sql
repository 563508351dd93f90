-- A person's choices are replaced as a whole.
DELETE FROM notification_preferences WHERE user_id = $1
