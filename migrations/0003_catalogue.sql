-- The business, its services, its people and when they work.
CREATE TABLE settings (
  id                 boolean PRIMARY KEY DEFAULT true CHECK (id),   -- exactly one row
  name               text NOT NULL DEFAULT 'Frontdesk',
  timezone           text NOT NULL DEFAULT 'Europe/Berlin',
  currency           text NOT NULL DEFAULT 'EUR' CHECK (currency ~ '^[A-Z]{3}$'),
  locale             text NOT NULL DEFAULT 'en',
  address            text NOT NULL DEFAULT '',
  slot_interval      integer NOT NULL DEFAULT 15 CHECK (slot_interval BETWEEN 5 AND 1440),   -- minutes
  min_notice         integer NOT NULL DEFAULT 0 CHECK (min_notice BETWEEN 0 AND 525600),     -- minutes
  max_advance_days   integer NOT NULL DEFAULT 180 CHECK (max_advance_days BETWEEN 1 AND 730),
  cancel_notice      integer NOT NULL DEFAULT 0 CHECK (cancel_notice BETWEEN 0 AND 525600),  -- minutes
  auto_confirm       boolean NOT NULL DEFAULT true,
  max_active_appointments integer NOT NULL DEFAULT 5,   -- per customer (R22)
  max_bookings_per_hour   integer NOT NULL DEFAULT 10,  -- per customer (R22)
  updated_at         timestamptz NOT NULL DEFAULT now(),
  version            bigint NOT NULL DEFAULT 1
);
INSERT INTO settings DEFAULT VALUES;

CREATE TABLE closures (
  date   date PRIMARY KEY,
  reason text NOT NULL DEFAULT ''
);

CREATE TABLE service_categories (
  id          uuid PRIMARY KEY,
  name        text NOT NULL,
  description text NOT NULL DEFAULT '',
  position    integer NOT NULL DEFAULT 0,
  created_at  timestamptz NOT NULL DEFAULT now(),
  updated_at  timestamptz NOT NULL DEFAULT now(),
  version     bigint NOT NULL DEFAULT 1
);
CREATE INDEX service_categories_by_position ON service_categories (position, id);

CREATE TABLE services (
  id            uuid PRIMARY KEY,
  category_id   uuid NOT NULL REFERENCES service_categories,
  name          text NOT NULL,
  description   text NOT NULL DEFAULT '',
  price         bigint NOT NULL CHECK (price BETWEEN 0 AND 1000000000),      -- minor units of settings.currency
  duration      integer NOT NULL CHECK (duration BETWEEN 5 AND 1440),        -- minutes
  buffer_before integer NOT NULL DEFAULT 0 CHECK (buffer_before BETWEEN 0 AND 480),
  buffer_after  integer NOT NULL DEFAULT 0 CHECK (buffer_after BETWEEN 0 AND 480),
  capacity      integer NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 1000),
  min_notice    integer CHECK (min_notice BETWEEN 0 AND 525600),             -- minutes; NULL: the business's
  active        boolean NOT NULL DEFAULT true,
  position      integer NOT NULL DEFAULT 0,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  version       bigint NOT NULL DEFAULT 1
);
CREATE INDEX services_by_position ON services (position, id);
CREATE INDEX services_by_category ON services (category_id, position, id);

CREATE TABLE staff (
  id         uuid PRIMARY KEY,
  user_id    uuid UNIQUE REFERENCES users,
  name       text NOT NULL,
  title      text NOT NULL DEFAULT '',
  bio        text NOT NULL DEFAULT '',
  active     boolean NOT NULL DEFAULT true,
  position   integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  version    bigint NOT NULL DEFAULT 1
);
CREATE INDEX staff_by_position ON staff (position, id);

CREATE TABLE staff_services (
  staff_id   uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
  service_id uuid NOT NULL REFERENCES services ON DELETE CASCADE,
  PRIMARY KEY (staff_id, service_id)
);
CREATE INDEX staff_services_by_service ON staff_services (service_id, staff_id);

-- Minutes since local midnight rather than `time`: 24:00 is a plain 1440.
CREATE TABLE working_hours (
  staff_id     uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
  weekday      smallint NOT NULL CHECK (weekday BETWEEN 0 AND 6),   -- 0 = Sunday
  start_minute smallint NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
  end_minute   smallint NOT NULL CHECK (end_minute BETWEEN 1 AND 1440),
  CHECK (start_minute < end_minute),
  PRIMARY KEY (staff_id, weekday, start_minute)
);

-- A day with an override follows it alone; no intervals mean closed.
CREATE TABLE staff_overrides (
  staff_id      uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
  date          date NOT NULL,
  start_minutes smallint[] NOT NULL DEFAULT '{}',
  end_minutes   smallint[] NOT NULL DEFAULT '{}',
  CHECK (cardinality(start_minutes) = cardinality(end_minutes)),
  PRIMARY KEY (staff_id, date)
);

CREATE TABLE time_off (
  id        uuid PRIMARY KEY,
  staff_id  uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
  starts_at timestamptz NOT NULL,
  ends_at   timestamptz NOT NULL,
  reason    text NOT NULL DEFAULT '',
  CHECK (starts_at < ends_at AND isfinite(starts_at) AND isfinite(ends_at))
);
CREATE INDEX time_off_by_staff ON time_off (staff_id, ends_at);
