-- R16: one line of somebody's own list.
SELECT id, event, title, content, appointment_id, created_at, read_at FROM inbox_items WHERE id = $1 AND user_id = $2
