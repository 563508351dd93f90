-- What those with settings.manage change.
UPDATE settings
SET name = $1, timezone = $2, currency = $3, locale = $4, address = $5, slot_interval = $6,
    min_notice = $7, max_advance_days = $8, cancel_notice = $9, auto_confirm = $10,
    max_active_appointments = $11, max_bookings_per_hour = $12, reminder_offsets = $13,
    max_sms_per_hour = $14, updated_at = clock_timestamp(), version = version + 1
RETURNING updated_at, version
