-- R08: a reset unlocks an account for every network.
DELETE FROM login_locks WHERE email_hmac = $1
