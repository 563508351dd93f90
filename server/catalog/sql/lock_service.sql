-- Changes of a service come one after the other, so that each sees the version it is held to; bookings go on.
SELECT id FROM services WHERE id = $1 FOR NO KEY UPDATE
