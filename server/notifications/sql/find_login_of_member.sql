-- Whose login a member of staff has.
SELECT user_id FROM staff WHERE id = $1 AND active AND user_id IS NOT NULL
