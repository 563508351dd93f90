-- A page of the calls of one webhook, newest first.
SELECT delivery.id, delivery.message_id, delivery.event, message.appointment_id, delivery.attempt, delivery.delivered,
       delivery.status_code, delivery.duration_ms, delivery.error, delivery.attempted_at
FROM webhook_deliveries AS delivery JOIN webhook_messages AS message ON message.id = delivery.message_id
WHERE delivery.endpoint_id = $1 AND delivery.id < $2 AND ($3::boolean IS NULL OR delivery.delivered = $3)
ORDER BY delivery.id DESC
LIMIT $4
