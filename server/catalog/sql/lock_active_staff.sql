-- R52: whoever changes the time of the whole business waits for every booking under way, and they for it; sorted, so nobody deadlocks.
SELECT pg_advisory_xact_lock(sorted.key)
FROM (SELECT lock_key('staff', id::text) AS key FROM staff WHERE active ORDER BY 1) AS sorted
