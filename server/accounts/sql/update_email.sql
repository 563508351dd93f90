-- R09: the account moves to an address that its owner has proved; one that is taken breaks users_email_unique.
UPDATE users SET email = $2, email_verified = true, updated_at = clock_timestamp(), version = version + 1 WHERE id = $1
