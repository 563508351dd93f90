-- Who adds, retires or reorders members comes alone, so that the limit and the order of the list hold. Taken before every other lock.
SELECT pg_advisory_xact_lock(lock_key('catalogue', 'staff'))
