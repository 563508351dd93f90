-- What every message knows of the business, when reminders are due, and the time.
SELECT name, address, locale, timezone, reminder_offsets, now() FROM settings
