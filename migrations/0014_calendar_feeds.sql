-- Which address the secret calendar feed of an account has: another number, another address.
ALTER TABLE users ADD COLUMN calendar_feed_generation integer NOT NULL DEFAULT 0;
