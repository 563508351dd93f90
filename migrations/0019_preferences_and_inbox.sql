-- What people want to be told and how, their list in the app, the proof of a phone number, and what became of an SMS.

-- Only what differs from the defaults, which are in server/notifications/preferences.cpp: so a group or a channel that
-- is new is on or off for everybody as it is meant.
CREATE TABLE notification_preferences (
  user_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  event_group text NOT NULL,
  channel     text NOT NULL,
  wanted      boolean NOT NULL,
  PRIMARY KEY (user_id, event_group, channel)
);

-- Who has no row here has no quiet hours, and version 1.
CREATE TABLE notification_settings (
  user_id     uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  quiet_start smallint CHECK (quiet_start BETWEEN 0 AND 1439),  -- minutes since midnight by the business's clock
  quiet_end   smallint CHECK (quiet_end BETWEEN 0 AND 1439),    -- before the start: on the next day
  version     bigint NOT NULL,
  CHECK ((quiet_start IS NULL) = (quiet_end IS NULL) AND quiet_start <> quiet_end)
);

-- The list in the app. Title and text are plain, unlike bodies in the outbox: they name a service, a member of staff
-- and a time, which the appointment itself holds as plainly, and never a code, a link or an address (events whose
-- facts are secret do not take this channel). They go with their owner.
CREATE TABLE inbox_items (
  id             uuid PRIMARY KEY,   -- made of event and person: to add it twice adds it once
  user_id        uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  event          text NOT NULL,
  title          text NOT NULL,
  content        text NOT NULL,
  appointment_id uuid,               -- no foreign key: an item outlives what it tells of
  created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  read_at        timestamptz
);
CREATE INDEX inbox_items_by_user ON inbox_items (user_id, created_at, id);
CREATE INDEX inbox_items_unread ON inbox_items (user_id) WHERE read_at IS NULL;
CREATE INDEX inbox_items_by_age ON inbox_items (created_at);

-- R01: the code that proves a phone number, until it is given back. A later one takes the place of an earlier one.
CREATE TABLE phone_codes (
  user_id         uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  id              uuid NOT NULL,        -- what the code is bound to
  phone           text NOT NULL,        -- the number that it was sent to
  code_hmac       bytea NOT NULL,
  code_expires_at timestamptz NOT NULL,
  guesses         smallint NOT NULL DEFAULT 0
);
CREATE INDEX phone_codes_by_expiry ON phone_codes (code_expires_at);

-- When the network said that the phone has the SMS; what left is only `delivered` to the service that sends it.
ALTER TABLE outbox ADD COLUMN confirmed_at timestamptz;
