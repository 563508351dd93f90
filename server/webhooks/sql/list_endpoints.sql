-- A page of the webhooks, the oldest first.
SELECT id, url, description, events, active, disabled_because, failing_since, created_at, updated_at, version
FROM webhook_endpoints
WHERE id > $1
ORDER BY id
LIMIT $2
