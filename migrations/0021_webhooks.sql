-- Programs elsewhere that are told what happens to appointments, and what became of each call.
CREATE TABLE webhook_endpoints (
  id               uuid PRIMARY KEY,
  url              text NOT NULL CHECK (length(url) <= 2000),
  description      text NOT NULL DEFAULT '',
  events           text[] NOT NULL CHECK (cardinality(events) > 0),
  secret           bytea NOT NULL,                -- under the data key, as the next
  former_secret    bytea,                         -- signs beside the present one until former_until
  former_until     timestamptz,
  active           boolean NOT NULL DEFAULT true,
  disabled_because text CHECK (disabled_because IN ('gone', 'failing')), -- by the server; NULL: active, or somebody switched it off
  failing_since    timestamptz,                   -- NULL: the last call was taken, or none was made
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now(),
  version          bigint NOT NULL DEFAULT 1,
  CHECK ((former_secret IS NULL) = (former_until IS NULL)),
  CHECK (NOT (active AND disabled_because IS NOT NULL))
);

-- What was said, so that it can be said again.
CREATE TABLE webhook_messages (
  id             uuid PRIMARY KEY,                -- the row of the outbox, and the receiver's webhook-id
  endpoint_id    uuid NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
  event          text NOT NULL,
  appointment_id uuid,
  sealed         bytea NOT NULL,                  -- the body, under the data key
  attempts       integer NOT NULL DEFAULT 1,
  created_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX webhook_messages_by_endpoint ON webhook_messages (endpoint_id);
CREATE INDEX webhook_messages_by_time ON webhook_messages (created_at);

-- One row a call. What the endpoint answered is not kept, but for its status.
CREATE TABLE webhook_deliveries (
  id           uuid PRIMARY KEY,
  endpoint_id  uuid NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
  message_id   uuid NOT NULL REFERENCES webhook_messages ON DELETE CASCADE,
  event        text NOT NULL,
  attempt      integer NOT NULL,
  delivered    boolean NOT NULL,
  status_code  integer,                           -- NULL: there was no answer
  duration_ms  integer NOT NULL,
  error        text,                              -- NULL: delivered
  attempted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX webhook_deliveries_by_endpoint ON webhook_deliveries (endpoint_id, id);
CREATE INDEX webhook_deliveries_by_message ON webhook_deliveries (message_id);
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (attempted_at);

ALTER TABLE outbox
  DROP CONSTRAINT outbox_channel_check,
  ADD CONSTRAINT outbox_channel_check
    CHECK (channel IN ('email', 'sms', 'push', 'fcm', 'webpush', 'webhook', 'event'));
