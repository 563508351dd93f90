-- R71: messages leave as rows of the business transaction.
CREATE TABLE outbox (
  id             uuid PRIMARY KEY,         -- also the stable message id
  event          text NOT NULL,            -- `appointment.booked`, `auth.code`
  channel        text NOT NULL CHECK (channel IN ('email', 'sms', 'push')),
  user_id        uuid,
  appointment_id uuid,
  sealed         bytea,                    -- recipient, subject and bodies under the data key; NULL once wiped
  status         text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'delivered', 'dead')),
  attempts       integer NOT NULL DEFAULT 0,
  due_at         timestamptz NOT NULL DEFAULT now(),
  leased_until   timestamptz,
  created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  delivered_at   timestamptz,
  last_error     text
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE status = 'waiting';
CREATE INDEX outbox_by_time ON outbox (created_at DESC, id DESC);
