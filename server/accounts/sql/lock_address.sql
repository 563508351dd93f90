-- Requests about one e-mail address take turns: their limits are counted, then changed.
SELECT pg_advisory_xact_lock($1)
