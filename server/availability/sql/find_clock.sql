-- The database's clock and the business's zone (R62): what is past and what is to come.
SELECT clock_timestamp(), timezone FROM settings
