-- R01: takes one of the guesses that a code has, before it is compared.
UPDATE password_resets r SET guesses = guesses + 1
FROM users u
WHERE u.email = $1 AND r.user_id = u.id AND r.code_hmac IS NOT NULL AND r.guesses < $2
  AND r.code_expires_at > clock_timestamp()
RETURNING r.id, r.code_hmac
