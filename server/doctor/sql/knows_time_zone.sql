-- PostgreSQL converts local times too, with zone data of its own.
SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = $1)
