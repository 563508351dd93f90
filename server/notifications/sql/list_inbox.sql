-- R16: a page of somebody's own list, newest first; a NULL $3 begins at the top.
SELECT id, event, title, content, appointment_id, created_at, read_at
FROM inbox_items
WHERE user_id = $1 AND ($2::boolean IS FALSE OR read_at IS NULL)
  AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
ORDER BY created_at DESC, id DESC
LIMIT $5
