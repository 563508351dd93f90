-- R51: the answer that every repetition gets; a row whose day is over makes room.
INSERT INTO idempotency_keys (user_id, route, key, fingerprint, status, body)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (user_id, route, key) DO UPDATE
SET fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body,
    created_at = excluded.created_at
WHERE idempotency_keys.created_at <= now() - interval '24 hours'
