-- How new the schema is that a backup holds, and whether it is ours at all.
SELECT version, name
FROM schema_migrations
ORDER BY version DESC
LIMIT 1
