-- R22: how long until another SMS may leave for a number; no row: one may now.
SELECT extract(epoch FROM sent_at + interval '1 hour' - clock_timestamp())::float8
FROM sms_sends
WHERE number_key = $1 AND sent_at > clock_timestamp() - interval '1 hour'
ORDER BY sent_at DESC
OFFSET (SELECT max_sms_per_hour - 1 FROM settings)
LIMIT 1
