-- R71: a message, in the transaction of what it tells of.
INSERT INTO outbox (id, event, channel, user_id, appointment_id, sealed)
VALUES ($1, $2, $3, $4, $5, $6)
