-- The first failure since the last success.
UPDATE webhook_endpoints SET failing_since = now() WHERE id = $1 AND failing_since IS NULL
