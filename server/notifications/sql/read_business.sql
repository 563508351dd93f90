-- What every message knows of the business, when reminders are due, and the time.
SELECT name, address, locale, timezone, reminder_offsets, now(), max_sms_per_hour FROM settings
