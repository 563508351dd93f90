-- Days of the past, for a business that has been open for years: each member gives 24 appointments a day. Half of them
-- were completed, which gave their time back; the others nobody has touched since. :first and :last count days before today.
CREATE FUNCTION pg_temp.new_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(
           overlay(uuid_send(gen_random_uuid())
                   PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                   FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$;

BEGIN;
SET LOCAL synchronous_commit = off;

CREATE TEMPORARY TABLE past ON COMMIT DROP AS
SELECT pg_temp.new_id() AS occupation_id, pg_temp.new_id() AS id, staff.id AS staff_id,
       services.id AS service_id, services.price, today - day AS date, half * interval '30 minutes' AS time,
       (today - day + half * interval '30 minutes') AT TIME ZONE 'Europe/Berlin' AS starts_at,
       half % 2 = 0 AS is_completed,
       (staff.position * 250 + day * 24 + half) % 10000 AS customer
FROM generate_series(:first, :last) AS day
CROSS JOIN generate_series(16, 39) AS half
CROSS JOIN staff
JOIN staff_services ON staff_services.staff_id = staff.id
JOIN services ON services.id = staff_services.service_id
CROSS JOIN (SELECT (now() AT TIME ZONE 'Europe/Berlin')::date AS today) AS clock
ORDER BY day DESC, half;

INSERT INTO occupations (id, staff_id, service_id, starts_at, ends_at, during, capacity, booked, active)
SELECT occupation_id, staff_id, service_id, starts_at, starts_at + interval '30 minutes',
       tstzrange(starts_at, starts_at + interval '30 minutes'), 1, 1 - is_completed::int, NOT is_completed
FROM past;

INSERT INTO appointments (id, user_id, service_id, staff_id, occupation_id, date, time, timezone, starts_at, ends_at,
                          duration, price, currency, status, created_at)
SELECT past.id, customers.id, service_id, staff_id, occupation_id, date, time::time, 'Europe/Berlin', starts_at,
       starts_at + interval '30 minutes', 30, price, 'EUR',
       CASE WHEN is_completed THEN 'completed' ELSE 'confirmed' END, starts_at - interval '7 days'
FROM past
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS number FROM users) AS customers
  ON customers.number = past.customer;
COMMIT;
