-- The name under which pg_dump takes this transaction's snapshot as its own.
SELECT pg_export_snapshot()
