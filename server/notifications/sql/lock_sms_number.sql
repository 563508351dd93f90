-- R22: SMS for one number are counted one after the other.
SELECT pg_advisory_xact_lock(lock_key('sms', $1::uuid::text))
