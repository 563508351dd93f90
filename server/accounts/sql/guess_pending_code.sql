-- R01: takes one of the guesses that a code has, before it is compared.
UPDATE pending_registrations SET guesses = guesses + 1
WHERE id = $1 AND email = $2 AND guesses < $3 AND code_expires_at > clock_timestamp()
RETURNING code_hmac
