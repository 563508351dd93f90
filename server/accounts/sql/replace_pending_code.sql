-- R01: a resend voids the code before it and starts its guesses anew.
UPDATE pending_registrations SET code_hmac = $2, code_expires_at = $3, guesses = 0 WHERE id = $1
