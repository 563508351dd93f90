-- Another address, or switching it on again, forgets for how long it had failed.
UPDATE webhook_endpoints
SET url = $2, description = $3, events = $4, active = $5,
    failing_since = CASE WHEN url <> $2 OR ($5 AND NOT active) THEN NULL ELSE failing_since END,
    disabled_because = CASE WHEN $5 THEN NULL ELSE disabled_because END,
    updated_at = now(), version = version + 1
WHERE id = $1
RETURNING disabled_because, failing_since, updated_at, version
