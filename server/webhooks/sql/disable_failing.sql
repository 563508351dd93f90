-- Switches off what has failed for $2 days without one success.
UPDATE webhook_endpoints
SET active = false, disabled_because = 'failing', updated_at = now(), version = version + 1
WHERE id = $1 AND active AND failing_since <= now() - make_interval(days => $2)
RETURNING url
