-- R51: the answer that an earlier request with this key got, for a day.
SELECT fingerprint, status, body
FROM idempotency_keys
WHERE user_id = $1 AND route = $2 AND key = $3
  AND created_at > now() - interval '24 hours'
