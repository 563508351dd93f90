-- How many webhooks there are.
SELECT count(*) FROM webhook_endpoints
