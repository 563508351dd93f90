-- How often an attempt at a message ended without an answer: it may have arrived, and leaves twice at most (I8).
ALTER TABLE outbox ADD COLUMN unanswered smallint NOT NULL DEFAULT 0;
