-- Will never leave. The audit log keeps that it was there.
DELETE FROM outbox WHERE id = $1
