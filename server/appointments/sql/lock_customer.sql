-- R22: one customer's bookings come one after the other, so that the caps hold.
SELECT pg_advisory_xact_lock(lock_key('customer', $1::uuid::text))
