-- Before the first start there is nothing to ask about.
SELECT to_regclass('public.schema_migrations') IS NOT NULL
