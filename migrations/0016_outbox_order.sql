-- Who is next: messages of one appointment to one person leave in their order, on time, and again
-- when their channel works again.
ALTER TABLE outbox
  ADD COLUMN sequence       bigint GENERATED ALWAYS AS IDENTITY,
  ADD COLUMN order_key      uuid,                               -- appointment, channel and recipient in one, not readable; NULL: no order
  ADD COLUMN wanted_at      timestamptz NOT NULL DEFAULT now(), -- when it is first to leave; 72 hours later it is given up
  ADD COLUMN channel_failed boolean     NOT NULL DEFAULT false; -- the last attempt ended because the channel was away
UPDATE outbox SET wanted_at = created_at WHERE status <> 'delivered';

CREATE INDEX outbox_due_by_channel ON outbox (channel, due_at) WHERE status = 'waiting';
CREATE INDEX outbox_order ON outbox (order_key, sequence) WHERE status = 'waiting' AND order_key IS NOT NULL;
CREATE UNIQUE INDEX outbox_sequence ON outbox (sequence);
CREATE INDEX outbox_dead ON outbox (sequence) WHERE status = 'dead';
DROP INDEX outbox_due;
DROP INDEX outbox_by_time;
