-- One line of the list in the app; a second dispatch of its event adds nothing, nor does one for an account that is gone.
INSERT INTO inbox_items (id, user_id, event, title, content, appointment_id)
SELECT $1, users.id, $3, $4, $5, $6 FROM users WHERE users.id = $2
ON CONFLICT (id) DO NOTHING
