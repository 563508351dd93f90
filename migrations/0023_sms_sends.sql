-- R22: how many SMS have left for a number, so that nobody has more sent to it than five an hour.
CREATE TABLE sms_sends (
  id         uuid PRIMARY KEY,       -- of the message: an event that is dispatched twice counts once
  number_key uuid NOT NULL,          -- stands for the number (DataKey::pseudonym)
  sent_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX sms_sends_by_number ON sms_sends (number_key, sent_at);
CREATE INDEX sms_sends_by_age ON sms_sends (sent_at);
