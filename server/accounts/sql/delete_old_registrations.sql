-- House-keeping: registrations that nobody verified within a day.
DELETE FROM pending_registrations WHERE id IN
  (SELECT id FROM pending_registrations WHERE created_at < clock_timestamp() - interval '1 day' LIMIT $1)
