-- House-keeping: forgets rows of failures below the cap after 90 quiet days.
DELETE FROM login_failures WHERE email_hmac IN
  (SELECT email_hmac FROM login_failures
   WHERE updated_at < clock_timestamp() - interval '90 days' AND consecutive < $2 LIMIT $1)
