-- The member whom "anyone" came to.
SELECT name FROM staff WHERE id = $1
