-- R08: success ends a row of failures.
DELETE FROM login_failures WHERE email_hmac = $1
