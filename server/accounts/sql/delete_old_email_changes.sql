-- House-keeping: changes that nobody confirmed.
DELETE FROM email_changes WHERE user_id IN
  (SELECT user_id FROM email_changes WHERE code_expires_at < clock_timestamp() - interval '1 day' LIMIT $1)
