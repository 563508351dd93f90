-- R52: whoever changes whether, when or for what a member can be booked waits for bookings under way, and they for it.
SELECT pg_advisory_xact_lock(lock_key('staff', $1::uuid::text))
