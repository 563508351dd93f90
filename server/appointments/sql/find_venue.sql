-- Where an appointment takes place, for a calendar.
SELECT name, address FROM settings
