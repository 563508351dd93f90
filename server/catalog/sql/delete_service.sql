-- A service that nobody has ever booked; who does it goes with it.
DELETE FROM services WHERE id = $1
