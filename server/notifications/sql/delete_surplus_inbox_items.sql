-- House-keeping: a list has at most 500 lines, the newest.
DELETE FROM inbox_items WHERE id IN
  (SELECT surplus.id
   FROM (SELECT user_id FROM inbox_items GROUP BY user_id HAVING count(*) > 500 LIMIT 100) AS long,
        LATERAL (SELECT id FROM inbox_items WHERE user_id = long.user_id
                 ORDER BY created_at DESC, id DESC OFFSET 500) AS surplus
   LIMIT $1)
RETURNING id
