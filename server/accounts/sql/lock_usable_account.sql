-- A login ends in the state that its account has now, not the one in which the password was compared.
SELECT password_hash FROM users WHERE id = $1 AND status = 'active' AND email_verified FOR NO KEY UPDATE
