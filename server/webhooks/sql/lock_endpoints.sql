-- Who adds a webhook comes alone, so that their limit holds.
SELECT pg_advisory_xact_lock(lock_key('webhooks', 'endpoints'))
