-- The date by the database's clock in the business's zone (R62): where a search for the first slots begins.
SELECT clock_timestamp(), timezone FROM settings
