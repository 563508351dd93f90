-- How messages end: how often nobody answered and indexes for what looks at all that were delivered.
ALTER TABLE outbox
  ADD COLUMN unanswered smallint NOT NULL DEFAULT 0;  -- attempts after which it may have arrived: two at most (I8)

-- Old ones go. The second has no row, and costs nothing, but where the development inbox keeps bodies for a day.
CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE status = 'delivered';
CREATE INDEX outbox_unwiped ON outbox (delivered_at) WHERE status = 'delivered' AND sealed IS NOT NULL;
