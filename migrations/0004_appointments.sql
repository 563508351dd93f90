-- Appointments, the time they occupy, and the answers kept for idempotency keys.

-- The number of an advisory lock, for everyone who takes one (R51, R52): `staff` for what changes a
-- member's time (bookings, hours, time off), `customer` for one customer's bookings, `idempotency`
-- for a key. Taken in this order: idempotency (never waited for), customer, staff by number.
CREATE FUNCTION lock_key(kind text, name text) RETURNS bigint
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN hashtextextended(kind || ':' || name, 0);

-- R52: the judge of double bookings. One row per single appointment, one per class session.
CREATE TABLE occupations (
  id            uuid PRIMARY KEY,
  staff_id      uuid NOT NULL REFERENCES staff,
  service_id    uuid NOT NULL REFERENCES services,
  starts_at     timestamptz NOT NULL,
  ends_at       timestamptz NOT NULL,
  during        tstzrange NOT NULL,        -- [starts_at - buffer before, ends_at + buffer after)
  capacity      integer NOT NULL CHECK (capacity >= 1),
  booked        integer NOT NULL,
  active        boolean NOT NULL DEFAULT true,
  CONSTRAINT occupations_end_after_start CHECK (starts_at < ends_at),
  CONSTRAINT occupations_finite CHECK (isfinite(starts_at) AND isfinite(ends_at)),
  CONSTRAINT occupations_during_covers CHECK (
    NOT isempty(during) AND lower(during) <= starts_at AND upper(during) >= ends_at
    AND lower_inc(during) AND NOT upper_inc(during)
    AND isfinite(lower(during)) AND isfinite(upper(during))),
  CONSTRAINT occupations_seats CHECK (booked >= 0 AND booked <= capacity),
  CONSTRAINT occupations_active_is_booked CHECK (NOT active OR booked > 0),
  CONSTRAINT occupations_no_overlap
    EXCLUDE USING gist (staff_id WITH =, during WITH &&) WHERE (active)
);
CREATE INDEX occupations_by_staff_time ON occupations (staff_id, starts_at) WHERE active;

CREATE TABLE appointments (
  id            uuid PRIMARY KEY,
  user_id       uuid REFERENCES users,     -- NULL: a walk-in, or an erased customer
  service_id    uuid NOT NULL REFERENCES services,
  staff_id      uuid NOT NULL REFERENCES staff,
  occupation_id uuid NOT NULL REFERENCES occupations,
  date          date NOT NULL,             -- local, in `timezone`
  time          time NOT NULL,
  timezone      text NOT NULL,             -- the business's zone when it was booked
  starts_at     timestamptz NOT NULL,
  ends_at       timestamptz NOT NULL,
  duration      integer NOT NULL,          -- minutes
  price         bigint NOT NULL,           -- minor units, as at booking
  currency      text NOT NULL,
  status        text NOT NULL CHECK (status IN ('pending', 'confirmed', 'completed', 'no_show', 'cancelled')),
  party_size    integer NOT NULL DEFAULT 1 CHECK (party_size >= 1),
  notes         text NOT NULL DEFAULT '',
  cancel_reason text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  version       bigint NOT NULL DEFAULT 1,
  CONSTRAINT appointments_end_after_start CHECK (starts_at < ends_at),
  CONSTRAINT appointments_finite CHECK (isfinite(starts_at) AND isfinite(ends_at))
);
CREATE INDEX appointments_by_user ON appointments (user_id, starts_at, id);
CREATE INDEX appointments_by_user_created ON appointments (user_id, created_at, id);
CREATE INDEX appointments_by_creation ON appointments (created_at, id);
CREATE INDEX appointments_by_start ON appointments (starts_at, id);
CREATE INDEX appointments_by_staff ON appointments (staff_id, starts_at, id);
CREATE INDEX appointments_by_occupation ON appointments (occupation_id);

-- R51: written in the booking's own transaction.
CREATE TABLE idempotency_keys (
  user_id     uuid NOT NULL,
  route       text NOT NULL,
  key         text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  fingerprint bytea NOT NULL,             -- SHA-256 of the body
  status      smallint NOT NULL,
  body        text NOT NULL,              -- the stored answer
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, route, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
