-- House-keeping: locks that ended more than a day ago and would start anew.
DELETE FROM login_locks WHERE (email_hmac, network) IN
  (SELECT email_hmac, network FROM login_locks
   WHERE updated_at < clock_timestamp() - interval '2 days'
     AND (locked_until IS NULL OR locked_until < clock_timestamp() - interval '1 day') LIMIT $1)
