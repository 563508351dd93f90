-- What a call needs to know; the former secret only while it counts.
SELECT url, secret, CASE WHEN former_until > now() THEN former_secret END
FROM webhook_endpoints
WHERE id = $1 AND active
