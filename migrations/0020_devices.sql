-- Where people get pushes: phones by FCM, browsers by Web Push.
--
-- A device belongs to whoever registered it last. Its address is sealed under the data key, as much a
-- secret as a password to whoever could write to it; target_key stands for the address, so that one
-- address has one row (DataKey::pseudonym).
CREATE TABLE devices (
  id            uuid PRIMARY KEY,          -- made by the client, kept by it
  user_id       uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  session_id    uuid REFERENCES sessions ON DELETE SET NULL,  -- the login that registered it
  platform      text NOT NULL CHECK (platform IN ('ios', 'android', 'web')),
  channel       text NOT NULL CHECK (channel IN ('fcm', 'webpush')),
  target        bytea NOT NULL,
  target_key    uuid NOT NULL,
  registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT devices_target_unique UNIQUE (target_key)
);
CREATE INDEX devices_by_user ON devices (user_id, registered_at);
CREATE INDEX devices_by_session ON devices (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX devices_by_age ON devices (registered_at);

-- Whoever ends a login, by whichever road, ends what its device is told. A login that has only run out
-- leaves it: reminders still come to somebody who has not opened the app for a month.
CREATE FUNCTION forget_devices_of_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM devices WHERE session_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER sessions_end_with_their_devices AFTER UPDATE OF revoked_at ON sessions
  FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
  EXECUTE FUNCTION forget_devices_of_session();

ALTER TABLE outbox DROP CONSTRAINT outbox_channel_check,
  ADD CONSTRAINT outbox_channel_check CHECK (channel IN ('email', 'sms', 'push', 'fcm', 'webpush', 'webhook', 'event'));
