-- R53: takes seats of a class session; occupations_seats judges, and occupations_no_overlap where
-- the session had just lost its last guest.
UPDATE occupations SET booked = booked + $2, active = true WHERE id = $1
