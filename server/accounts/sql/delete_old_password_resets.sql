-- House-keeping: resets that nobody used within the life of their link.
DELETE FROM password_resets WHERE id IN
  (SELECT id FROM password_resets WHERE token_expires_at < clock_timestamp() LIMIT $1)
