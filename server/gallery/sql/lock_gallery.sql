-- Who adds to the gallery or orders it comes alone, so that its limit and its order hold.
SELECT pg_advisory_xact_lock(lock_key('catalogue', 'gallery'))
