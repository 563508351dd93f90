-- A restore that was killed leaves a database that only takes up room.
SELECT datname FROM pg_database WHERE datname IN ('frontdesk_restore', 'frontdesk_before_restore')
