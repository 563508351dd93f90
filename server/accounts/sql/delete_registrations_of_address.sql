-- R04: once the address has an account, nothing else may become one.
DELETE FROM pending_registrations WHERE email = $1
