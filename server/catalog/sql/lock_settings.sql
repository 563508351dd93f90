-- Changes of the settings come one after the other, so that each sees the version it is held to.
SELECT id FROM settings FOR UPDATE
