-- House-keeping: codes that nobody gave back.
DELETE FROM phone_codes WHERE user_id IN
  (SELECT user_id FROM phone_codes WHERE code_expires_at < clock_timestamp() - interval '1 day' LIMIT $1)
