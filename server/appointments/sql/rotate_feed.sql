-- From now on the feeds of an account have other addresses.
UPDATE users SET calendar_feed_generation = calendar_feed_generation + 1 WHERE id = $1
