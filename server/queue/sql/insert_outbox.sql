-- R71: a message, in the transaction of what it tells of. It leaves at $8, or at once.
INSERT INTO outbox (id, event, channel, user_id, appointment_id, sealed, order_key, due_at, wanted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, now()), coalesce($8, now()))
