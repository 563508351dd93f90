-- The zone in which the business opens and closes.
SELECT timezone FROM settings
