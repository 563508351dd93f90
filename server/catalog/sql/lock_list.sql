-- Who changes one of the catalogue's lists (closures, categories, services) comes alone, so that its limit and its order hold. Taken before every other lock.
SELECT pg_advisory_xact_lock(lock_key('catalogue', $1))
