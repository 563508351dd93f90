-- Gives seats back; an occupation without any frees its time.
UPDATE occupations SET booked = booked - $2, active = booked > $2 WHERE id = $1
