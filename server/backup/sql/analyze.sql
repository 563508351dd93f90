-- A restored database has no statistics, and without them slow plans.
ANALYZE
