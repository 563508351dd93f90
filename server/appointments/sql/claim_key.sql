-- R51: whoever gets the key's lock answers for it; nobody waits.
SELECT pg_try_advisory_xact_lock(lock_key('idempotency', $1::uuid::text || ' ' || $2::text || ' ' || $3::text))
