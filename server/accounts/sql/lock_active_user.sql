-- A login ends in the state that its account has now, not the one that the password was compared in.
SELECT password_hash FROM users WHERE id = $1 AND status = 'active' AND email_verified FOR SHARE
