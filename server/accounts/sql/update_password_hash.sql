-- R07: rehashed at login after the cost changed, unless the password changed meanwhile.
UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2
