-- What the backup counts is what pg_dump sees: one snapshot for both.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY
