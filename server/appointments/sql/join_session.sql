-- R53: takes seats of a class session, or the time of a reopened appointment (R54); occupations_seats
-- judges, and occupations_no_overlap where nobody had it.
UPDATE occupations SET booked = booked + $2, active = true WHERE id = $1
