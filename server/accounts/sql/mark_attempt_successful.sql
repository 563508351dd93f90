-- The password of this attempt turned out to be right.
UPDATE login_attempts SET outcome = 'success' WHERE id = $1
