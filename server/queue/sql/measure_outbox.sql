-- How many messages wait or are given up, by channel, and how long the oldest has waited that is due.
SELECT channel, status, count(*)::int8,
       coalesce(extract(epoch FROM now() - min(wanted_at) FILTER (WHERE status = 'waiting' AND wanted_at <= now())), 0)::float8
FROM outbox
WHERE status IN ('waiting', 'dead')
GROUP BY channel, status
