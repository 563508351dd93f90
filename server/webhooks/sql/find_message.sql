-- What a call said. Another webhook's call is as good as none (R16).
SELECT message.id, message.event, message.appointment_id, message.sealed
FROM webhook_deliveries AS delivery JOIN webhook_messages AS message ON message.id = delivery.message_id
WHERE delivery.id = $2 AND delivery.endpoint_id = $1
