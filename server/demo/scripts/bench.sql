-- The population that script/bench measures with: 400 staff, 10,000 users with a session each,
-- 100,000 appointments around today. Every free hour beyond the 25th day is there to be booked.
-- Runs in one transaction on an empty database.
CREATE FUNCTION pg_temp.new_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(
           overlay(uuid_send(gen_random_uuid())
                   PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                   FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- Ids that a load generator can compute: the n-th user, service and member.
CREATE FUNCTION pg_temp.numbered(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT ('00000000-0000-7000-' || kind || '-' || lpad(to_hex(n), 12, '0'))::uuid
$$;

-- Caps bind people, not benchmarks.
UPDATE settings
SET name = 'Bench', timezone = 'Europe/Berlin', slot_interval = 30,
    max_active_appointments = 1000000, max_bookings_per_hour = 1000000;

INSERT INTO users (id, role_id, name, email, password_hash, email_verified)
SELECT pg_temp.numbered('8001', n), (SELECT id FROM roles WHERE name = 'customer'), 'Customer ' || n,
       'customer' || n || '@bench.test', current_setting('demo.password_hash'), true
FROM generate_series(1, 10000) AS n;

INSERT INTO sessions (id, user_id, device_name, address, expires_at)
SELECT pg_temp.new_id(), id, 'bench', '127.0.0.1', now() + interval '30 days'
FROM users;

INSERT INTO service_categories (id, name, position)
SELECT pg_temp.new_id(), 'Category ' || n, n
FROM generate_series(1, 4) AS n;

INSERT INTO services (id, category_id, name, description, price, duration, position)
SELECT pg_temp.numbered('8002', n), service_categories.id, 'Service ' || n,
       'What a page of services says about service ' || n, 1000 + 100 * n, 30, n
FROM generate_series(1, 20) AS n
JOIN service_categories ON service_categories.position = 1 + n % 4;

INSERT INTO staff (id, name, title, position)
SELECT pg_temp.numbered('8003', n), 'Member ' || n, 'Stylist', n
FROM generate_series(1, 400) AS n;

-- Twenty members for each service: the month of availability that is measured.
INSERT INTO staff_services (staff_id, service_id)
SELECT staff.id, services.id
FROM staff JOIN services ON services.position = 1 + staff.position % 20;

INSERT INTO working_hours (staff_id, weekday, start_minute, end_minute)
SELECT staff.id, weekday, 8 * 60, 20 * 60
FROM staff CROSS JOIN generate_series(0, 6) AS weekday;

CREATE TEMPORARY TABLE booked ON COMMIT DROP AS
SELECT pg_temp.new_id() AS occupation_id, pg_temp.new_id() AS id, staff.id AS staff_id,
       services.id AS service_id, services.price, today + day AS date, hour,
       (today + day + make_interval(hours => hour)) AT TIME ZONE 'Europe/Berlin' AS starts_at,
       (staff.position * 250 + (day + 25) * 5 + hour / 2) % 10000 AS customer
FROM staff
JOIN staff_services ON staff_services.staff_id = staff.id
JOIN services ON services.id = staff_services.service_id
CROSS JOIN generate_series(-25, 24) AS day
CROSS JOIN unnest(ARRAY[8, 10, 12, 14, 16]) AS hour
CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/Berlin')::date AS today) AS clock;

INSERT INTO occupations (id, staff_id, service_id, starts_at, ends_at, during, capacity, booked)
SELECT occupation_id, staff_id, service_id, starts_at, starts_at + interval '30 minutes',
       tstzrange(starts_at, starts_at + interval '30 minutes'), 1, 1
FROM booked;

INSERT INTO appointments (id, user_id, service_id, staff_id, occupation_id, date, time, timezone,
                          starts_at, ends_at, duration, price, currency, status)
SELECT booked.id, customers.id, service_id, staff_id, occupation_id, date,
       make_interval(hours => hour)::time, 'Europe/Berlin', starts_at,
       starts_at + interval '30 minutes', 30, price, 'EUR', 'confirmed'
FROM booked
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS number FROM users) AS customers
  ON customers.number = booked.customer;
