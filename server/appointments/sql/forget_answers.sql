-- R51: answers are kept for a day; few at a time, so that bookings never wait for it.
DELETE FROM idempotency_keys
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM idempotency_keys
  WHERE created_at <= now() - interval '24 hours'
  ORDER BY created_at
  LIMIT 1000))
