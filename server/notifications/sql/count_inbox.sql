-- How long somebody's list is, and how much of it they have not read; it is never long.
SELECT count(*), count(*) FILTER (WHERE read_at IS NULL) FROM inbox_items WHERE user_id = $1
