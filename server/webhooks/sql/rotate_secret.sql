-- The present secret signs beside the new one for a day more.
UPDATE webhook_endpoints
SET former_secret = secret, former_until = now() + interval '24 hours', secret = $2
WHERE id = $1
