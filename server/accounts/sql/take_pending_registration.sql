-- R01, R04: a right code works once; of two requests with it only one finds the row, and none after a resend.
DELETE FROM pending_registrations WHERE id = $1 AND code_hmac = $2
RETURNING name, password_hash, phone, locale, timezone
