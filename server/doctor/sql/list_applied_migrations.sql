-- To be held against those of the program.
SELECT version, name, checksum FROM schema_migrations ORDER BY version
