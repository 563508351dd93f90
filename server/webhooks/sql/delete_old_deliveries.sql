-- Calls are known for 30 days.
DELETE FROM webhook_deliveries
WHERE id IN (SELECT id FROM webhook_deliveries WHERE attempted_at < now() - interval '30 days' LIMIT $1)
