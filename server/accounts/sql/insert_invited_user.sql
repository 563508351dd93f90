-- A login that opens nothing yet, in the business's language where none is named.
INSERT INTO users (id, role_id, name, email, password_hash, status, locale)
VALUES ($1, $2, $3, $4, $5, 'invited', coalesce($6, (SELECT locale FROM settings), 'en'))
