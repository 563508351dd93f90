-- Once an account has a new password or address, no earlier mail opens it.
DELETE FROM password_resets WHERE user_id = $1
