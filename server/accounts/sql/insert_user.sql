-- R04: verification only inserts; a second account of an address breaks users_email_unique.
INSERT INTO users (id, role_id, name, email, password_hash, email_verified, phone, locale, timezone)
VALUES ($1, $2, $3, $4, $5, true, $6, $7, $8)
