-- Nobody else changes it until the transaction ends; what refers to it may be written.
SELECT id, url, description, events, active, disabled_because, failing_since, created_at, updated_at, version
FROM webhook_endpoints
WHERE id = $1
FOR NO KEY UPDATE
