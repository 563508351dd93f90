-- Events: rows of the outbox that the dispatcher makes messages of (ADR 0008), and when reminders are due.
ALTER TABLE outbox
  DROP CONSTRAINT outbox_channel_check,
  ADD CONSTRAINT outbox_channel_check
    CHECK (channel IN ('email', 'sms', 'push', 'fcm', 'webpush', 'webhook', 'event'));

ALTER TABLE settings
  ADD COLUMN reminder_offsets integer[] NOT NULL DEFAULT '{1440}'  -- minutes before the start
    CHECK (cardinality(reminder_offsets) <= 5
           AND 5 <= ALL (reminder_offsets) AND 43200 >= ALL (reminder_offsets));
