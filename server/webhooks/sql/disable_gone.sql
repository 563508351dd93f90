-- It said 410: it wants no calls any more (Standard Webhooks).
UPDATE webhook_endpoints
SET active = false, disabled_because = 'gone', updated_at = now(), version = version + 1
WHERE id = $1 AND active
RETURNING url
