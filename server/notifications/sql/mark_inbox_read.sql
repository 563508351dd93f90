-- Somebody has seen their whole list.
WITH seen AS (UPDATE inbox_items SET read_at = clock_timestamp() WHERE user_id = $1 AND read_at IS NULL RETURNING id)
SELECT count(*) FROM seen
