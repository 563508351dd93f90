-- R52: whoever changes these members' time comes one after the other; sorted, so nobody deadlocks.
SELECT pg_advisory_xact_lock(sorted.key)
FROM (SELECT lock_key('staff', id::text) AS key FROM unnest($1::uuid[]) AS id ORDER BY 1) AS sorted
