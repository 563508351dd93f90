-- House-keeping: sends that no limit counts any more.
DELETE FROM code_sends WHERE id IN
  (SELECT id FROM code_sends WHERE sent_at < clock_timestamp() - interval '1 day' LIMIT $1)
