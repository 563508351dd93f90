-- One webhook, as those see it who manage it.
SELECT id, url, description, events, active, disabled_because, failing_since, created_at, updated_at, version
FROM webhook_endpoints
WHERE id = $1
