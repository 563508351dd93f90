-- One call, with what was said where it is the first one; nothing where the webhook has gone meanwhile.
WITH message AS (
  INSERT INTO webhook_messages AS known (id, endpoint_id, event, appointment_id, sealed)
  SELECT $2, endpoint.id, $4, $5, $6 FROM webhook_endpoints AS endpoint WHERE endpoint.id = $3
  ON CONFLICT (id) DO UPDATE SET attempts = known.attempts + 1
  RETURNING known.id, known.endpoint_id, known.event, known.attempts
)
INSERT INTO webhook_deliveries (id, endpoint_id, message_id, event, attempt, delivered, status_code, duration_ms, error)
SELECT $1, message.endpoint_id, message.id, message.event, message.attempts, $7, $8, $9, $10
FROM message
