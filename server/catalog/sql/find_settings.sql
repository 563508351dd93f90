-- The business and its booking rules.
SELECT name, timezone, currency, locale, address, slot_interval, min_notice, max_advance_days,
       cancel_notice, auto_confirm, max_active_appointments, max_bookings_per_hour, updated_at, version,
       reminder_offsets, max_sms_per_hour
FROM settings
