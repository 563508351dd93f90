-- R22: an SMS leaves for a number, unless so many have done so within the hour or this one is counted already.
INSERT INTO sms_sends (id, number_key)
SELECT $1, $2
WHERE (SELECT count(*) FROM sms_sends WHERE number_key = $2 AND sent_at > clock_timestamp() - interval '1 hour') < $3::int
ON CONFLICT (id) DO NOTHING
RETURNING id
