-- House-keeping: the list in the app goes back three months.
DELETE FROM inbox_items WHERE id IN
  (SELECT id FROM inbox_items WHERE created_at < now() - interval '90 days' LIMIT $1)
RETURNING id
