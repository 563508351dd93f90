-- The booking itself, for time that has been taken in the same transaction.
INSERT INTO appointments (id, user_id, service_id, staff_id, occupation_id, date, time, timezone,
                          starts_at, ends_at, duration, price, currency, status, party_size, notes,
                          created_at, updated_at, customer_name, customer_phone, customer_email)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $18, $19,
        $20)
