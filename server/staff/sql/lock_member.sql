-- Changes of a member come one after the other, so that each sees the version it is held to. Bookings, which name the member, do not wait.
SELECT id FROM staff WHERE id = $1 FOR NO KEY UPDATE
