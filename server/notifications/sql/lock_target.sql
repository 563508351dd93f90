-- Two people who register one phone at the same time: the later one has it.
SELECT pg_advisory_xact_lock(lock_key('push_target', $1::uuid::text))
