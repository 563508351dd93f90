-- R01: takes one of the guesses that a code has, before it is compared.
UPDATE phone_codes SET guesses = guesses + 1
WHERE user_id = $1 AND guesses < $2 AND code_expires_at > clock_timestamp()
RETURNING id, phone, code_hmac
