-- A database without this table is none of Frontdesk's.
SELECT to_regclass('public.schema_migrations') IS NOT NULL
