-- R16: its owner has read it; when that was does not change afterwards.
UPDATE inbox_items SET read_at = clock_timestamp() WHERE id = $1 AND user_id = $2 AND read_at IS NULL RETURNING id
