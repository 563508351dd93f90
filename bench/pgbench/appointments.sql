\set n random(1, {users})
\use appointments/list_of_user_by_start(('00000000-0000-7000-8001-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid; '-infinity'; '00000000-0000-0000-0000-000000000000'; 'infinity'; '-infinity'; 'infinity'; NULL; NULL; NULL; 21)
