-- House-keeping: attempts are kept for 90 days.
DELETE FROM login_attempts WHERE id IN
  (SELECT id FROM login_attempts WHERE attempted_at < clock_timestamp() - interval '90 days' LIMIT $1)
