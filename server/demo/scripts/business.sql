-- A believable business to try Frontdesk with. Runs in one transaction on an empty database; the
-- caller has put the hash of the demo password into the setting demo.password_hash.
SELECT setseed(0.42);

-- Version 7, as the server makes them: milliseconds first, so that rows sort by creation.
CREATE FUNCTION pg_temp.new_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
  SELECT encode(set_bit(set_bit(
           overlay(uuid_send(gen_random_uuid())
                   PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                   FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$;

UPDATE settings
SET name = 'Studio Lindenhof', timezone = 'Europe/Berlin', currency = 'EUR', locale = 'en',
    address = 'Lindenhof 12, 10999 Berlin', slot_interval = 15, min_notice = 0,
    max_advance_days = 180, cancel_notice = 0, auto_confirm = true;

INSERT INTO users (id, role_id, name, email, password_hash, email_verified)
SELECT pg_temp.new_id(), roles.id, person.name, person.email, current_setting('demo.password_hash'), true
FROM (VALUES
        ('admin',    'Robin Albrecht',  'admin@demo.test'),
        ('staff',    'Mara Lindner',    'staff@demo.test'),
        ('customer', 'Charlie Novak',   'customer@demo.test'),
        ('customer', 'Lena Hofmeister', 'lena.hofmeister@demo.test'),
        ('customer', 'Paul Steinbach',  'paul.steinbach@demo.test'),
        ('customer', 'Amira Haddad',    'amira.haddad@demo.test'),
        ('customer', 'Finn Thalberg',   'finn.thalberg@demo.test'),
        ('customer', 'Greta Wolters',   'greta.wolters@demo.test'),
        ('customer', 'Tomasz Wilk',     'tomasz.wilk@demo.test'),
        ('customer', 'Noor van Dalen',  'noor.vandalen@demo.test'),
        ('customer', 'Elif Aydin',      'elif.aydin@demo.test'),
        ('customer', 'Marco Ferri',     'marco.ferri@demo.test'),
        ('customer', 'Hanna Bergstrom', 'hanna.bergstrom@demo.test'),
        ('customer', 'Jasper Klee',     'jasper.klee@demo.test'),
        ('customer', 'Ines Carvalho',   'ines.carvalho@demo.test'),
        ('customer', 'Oskar Brandl',    'oskar.brandl@demo.test'),
        ('customer', 'Yuki Morita',     'yuki.morita@demo.test'),
        ('customer', 'Clara Vogt',      'clara.vogt@demo.test')
     ) AS person (role, name, email)
JOIN roles ON roles.name = person.role;

INSERT INTO service_categories (id, name, description, position)
SELECT pg_temp.new_id(), category.name, category.description, category.position
FROM (VALUES
        ('Hair',    'Cuts and styling for every length',        1),
        ('Colour',  'From a gloss to a full transformation',    2),
        ('Nails',   'Manicure, pedicure and gel',               3),
        ('Massage', 'For shoulders that sat too long',          4)
     ) AS category (name, description, position);

INSERT INTO services (id, category_id, name, description, price, duration, buffer_before, buffer_after, capacity, position)
SELECT pg_temp.new_id(), service_categories.id, service.name, service.description, service.price,
       service.duration, service.buffer_before, service.buffer_after, service.capacity, service.position
FROM (VALUES
        ('Hair',    'Haircut, short',        'Wash, cut and style',                         3900,  30, 0,  0, 1,  1),
        ('Hair',    'Haircut, long',         'Wash, cut and style',                         5900,  45, 0,  0, 1,  2),
        ('Hair',    'Children''s cut',       'Up to twelve years',                          2400,  30, 0,  0, 1,  3),
        ('Hair',    'Wash and blow-dry',     'Ready for the evening',                       3200,  30, 0,  0, 1,  4),
        ('Hair',    'Beard trim',            'Shape, hot towel, balm',                      1900,  15, 0,  0, 1,  5),
        ('Colour',  'Gloss',                 'Shine and a fresh tone',                      4500,  45, 0, 15, 1,  6),
        ('Colour',  'Root colour',           'Regrowth up to 3 cm',                         6500,  75, 0, 15, 1,  7),
        ('Colour',  'Balayage',              'Hand-painted highlights, gloss and blow-dry', 18900, 180, 0, 15, 1,  8),
        ('Nails',   'Manicure',              'Shape, care and polish',                      3500,  45, 0, 10, 1,  9),
        ('Nails',   'Gel manicure',          'Holds for three weeks',                       4900,  60, 0, 10, 1, 10),
        ('Nails',   'Pedicure',              'Foot bath, care and polish',                  4500,  60, 5, 10, 1, 11),
        ('Massage', 'Neck and shoulders',    'Half an hour against the desk',               3900,  30, 5, 10, 1, 12),
        ('Massage', 'Full body',             'A long, calm hour',                           7500,  60, 5, 15, 1, 13),
        ('Massage', 'Hot stone',             'Warm basalt, ninety minutes',                10900,  90, 10, 15, 1, 14),
        ('Massage', 'Mobility class',        'Six mats, an easy hour on the floor',          1500,  60, 0,  0, 6, 15)
     ) AS service (category, name, description, price, duration, buffer_before, buffer_after, capacity, position)
JOIN service_categories ON service_categories.name = service.category;

INSERT INTO staff (id, user_id, name, title, bio, position)
SELECT pg_temp.new_id(), users.id, member.name, member.title, member.bio, member.position
FROM (VALUES
        ('Mara Lindner',   'Master stylist',   'Twenty years of scissors, still curious.', 1, 'staff@demo.test'),
        ('Jonas Weidmann', 'Stylist',          'Short cuts, clean lines, good coffee.',    2, NULL),
        ('Aylin Kaplan',   'Colourist',        'Paints light into hair.',                  3, NULL),
        ('Sofia Marchetti','Nail designer',    'Small surfaces, great care.',              4, NULL),
        ('Tom Bergmann',   'Massage therapist','Finds the knot you forgot.',               5, NULL)
     ) AS member (name, title, bio, position, email)
LEFT JOIN users ON users.email = member.email;

INSERT INTO staff_services (staff_id, service_id)
SELECT staff.id, services.id
FROM (VALUES
        ('Mara Lindner', 'Hair'), ('Mara Lindner', 'Colour'), ('Jonas Weidmann', 'Hair'),
        ('Aylin Kaplan', 'Colour'), ('Aylin Kaplan', 'Hair'), ('Sofia Marchetti', 'Nails'),
        ('Tom Bergmann', 'Massage')
     ) AS skill (member, category)
JOIN staff ON staff.name = skill.member
JOIN service_categories ON service_categories.name = skill.category
JOIN services ON services.category_id = service_categories.id;

-- Weekday 0 is Sunday. Two intervals on a day leave a lunch break.
INSERT INTO working_hours (staff_id, weekday, start_minute, end_minute)
SELECT staff.id, weekday, hours.starts * 60, hours.ends * 60
FROM (VALUES
        ('Mara Lindner',    '{2,3,4,5}'::int[], 9, 13), ('Mara Lindner',    '{2,3,4,5}', 14, 18),
        ('Mara Lindner',    '{6}',              9, 14),
        ('Jonas Weidmann',  '{1,2,3}',         10, 14), ('Jonas Weidmann',  '{1,2,3}',   15, 19),
        ('Jonas Weidmann',  '{4,5}',           12, 20),
        ('Aylin Kaplan',    '{1,3,5}',          9, 17), ('Aylin Kaplan',    '{6}',       10, 16),
        ('Sofia Marchetti', '{1,2,3,4,5}',      9, 12), ('Sofia Marchetti', '{1,2,4}',   13, 17),
        ('Tom Bergmann',    '{2,4}',           11, 15), ('Tom Bergmann',    '{2,4}',     16, 21),
        ('Tom Bergmann',    '{5,6}',           10, 16)
     ) AS hours (member, weekdays, starts, ends)
JOIN staff ON staff.name = hours.member
CROSS JOIN unnest(hours.weekdays) AS weekday;

INSERT INTO closures (date, reason)
SELECT make_date(year + extract(year FROM now())::int, month, day), reason
FROM (VALUES (0, 12, 25, 'Christmas'), (0, 12, 26, 'Christmas'), (1, 1, 1, 'New Year')) AS closed (year, month, day, reason);

-- A long weekend of one member, three weeks ahead.
INSERT INTO time_off (id, staff_id, starts_at, ends_at, reason)
SELECT pg_temp.new_id(), staff.id,
       (date_trunc('week', now() AT TIME ZONE settings.timezone) + interval '25 days') AT TIME ZONE settings.timezone,
       (date_trunc('week', now() AT TIME ZONE settings.timezone) + interval '28 days') AT TIME ZONE settings.timezone,
       'Long weekend'
FROM staff CROSS JOIN settings
WHERE staff.name = 'Jonas Weidmann';

-- Two weeks behind and three ahead, laid one after the other into each member's hours with gaps.
DO $$
DECLARE
  zone      text := (SELECT timezone FROM settings);
  today     date := (now() AT TIME ZONE (SELECT timezone FROM settings))::date;
  customers uuid[] := ARRAY(SELECT users.id FROM users JOIN roles ON roles.id = users.role_id
                            WHERE roles.name = 'customer' AND users.email <> 'customer@demo.test'
                            ORDER BY users.email);
  hours     record;
  service   record;
  at_minute int;
  begins    timestamptz;
  finishes  timestamptz;
  new_status text;
  occupation uuid;
BEGIN
  FOR hours IN
    SELECT working_hours.staff_id, day::date AS day, working_hours.start_minute, working_hours.end_minute
    FROM generate_series(today - 14, today + 21, interval '1 day') AS day
    JOIN working_hours ON working_hours.weekday = extract(dow FROM day)
    JOIN staff ON staff.id = working_hours.staff_id
    WHERE day::date NOT IN (SELECT date FROM closures)
    ORDER BY day, staff.position, working_hours.start_minute
  LOOP
    at_minute := hours.start_minute + 15 * floor(random() * 5)::int;
    LOOP
      SELECT services.* INTO service
      FROM services JOIN staff_services ON staff_services.service_id = services.id
      WHERE staff_services.staff_id = hours.staff_id
      ORDER BY random() LIMIT 1;
      EXIT WHEN at_minute + service.duration > hours.end_minute;
      begins := (hours.day + make_interval(mins => at_minute)) AT TIME ZONE zone;
      finishes := begins + make_interval(mins => service.duration);
      new_status := CASE
        WHEN random() < 0.08 THEN 'cancelled'
        WHEN finishes < now() THEN CASE WHEN random() < 0.05 THEN 'no_show' ELSE 'completed' END
        ELSE 'confirmed' END;
      occupation := pg_temp.new_id();
      INSERT INTO occupations (id, staff_id, service_id, starts_at, ends_at, during, capacity, booked, active)
      VALUES (occupation, hours.staff_id, service.id, begins, finishes,
              tstzrange(begins - make_interval(mins => service.buffer_before),
                        finishes + make_interval(mins => service.buffer_after)),
              service.capacity, CASE WHEN new_status = 'cancelled' THEN 0 ELSE 1 END, new_status = 'confirmed');
      INSERT INTO appointments (id, user_id, service_id, staff_id, occupation_id, date, time, timezone,
                                starts_at, ends_at, duration, price, currency, status, created_at)
      VALUES (pg_temp.new_id(), customers[1 + floor(random() * array_length(customers, 1))::int],
              service.id, hours.staff_id, occupation, hours.day,
              make_interval(mins => at_minute)::time, zone, begins, finishes, service.duration,
              service.price, (SELECT currency FROM settings), new_status,
              least(now(), begins) - interval '3 days');
      -- Half an hour covers every pair of buffers above.
      at_minute := at_minute + 15 * ceil((service.duration + 30) / 15.0)::int + 15 * floor(random() * 5)::int;
    END LOOP;
  END LOOP;
END
$$;
