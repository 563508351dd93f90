-- R08: success clears what this network had failed.
DELETE FROM login_locks WHERE email_hmac = $1 AND network = $2
