-- What no known call has said and nobody tries to say any more (R71: 72 hours).
DELETE FROM webhook_messages
WHERE id IN (SELECT message.id
             FROM webhook_messages AS message
             WHERE message.created_at < now() - interval '4 days'
               AND NOT EXISTS (SELECT FROM webhook_deliveries AS delivery WHERE delivery.message_id = message.id)
             LIMIT $1)
