-- How messages end: how often nobody answered, whose lease it is, and indexes for what looks at all that were delivered.
ALTER TABLE outbox
  ADD COLUMN unanswered smallint NOT NULL DEFAULT 0,  -- attempts after which it may have arrived: two at most (I8)
  ADD COLUMN claims     integer  NOT NULL DEFAULT 0;  -- how often a worker took it; `attempts` counts back where it was not tried

-- Old ones go. The second has no row, and costs nothing, but where the development inbox keeps bodies for a day.
CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE status = 'delivered';
CREATE INDEX outbox_unwiped ON outbox (delivered_at) WHERE status = 'delivered' AND sealed IS NOT NULL;
