-- R01: how long an address waits for its next code: a pause after each, so many an hour and a day.
SELECT GREATEST(0, ceil(extract(epoch FROM
         GREATEST(sends[1] + make_interval(secs => $3), sends[$4] + interval '1 hour',
                  sends[$5] + interval '1 day') - clock_timestamp())))::bigint
FROM (SELECT array_agg(sent_at ORDER BY sent_at DESC) AS sends
      FROM code_sends
      WHERE email_hmac = $1 AND purpose = $2 AND sent_at > clock_timestamp() - interval '1 day') recent
