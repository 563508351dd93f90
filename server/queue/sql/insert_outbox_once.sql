-- As insert_outbox, for ids that are made of what the message is about: whoever dispatches an event a
-- second time finds its messages there.
INSERT INTO outbox (id, event, channel, user_id, appointment_id, sealed, order_key, due_at, wanted_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, now()), coalesce($8, now()))
ON CONFLICT (id) DO NOTHING
