-- An older PostgreSQL may not read what a newer one has dumped.
SELECT current_setting('server_version_num')::integer / 10000
