-- Which PostgreSQL it is, whether it can write, and whether a power cut would lose what it promised.
SELECT current_setting('server_version'),
       current_setting('server_version_num')::integer / 10000,
       pg_is_in_recovery(),
       current_setting('fsync'),
       current_setting('full_page_writes'),
       current_setting('synchronous_commit')
