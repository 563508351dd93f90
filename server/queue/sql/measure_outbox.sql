-- How many messages wait or are given up, by channel, and how long the oldest has waited that is due. Each state by
-- itself: that is how each has an index.
SELECT channel, status, count(*)::int8,
       coalesce(extract(epoch FROM now() - min(wanted_at) FILTER (WHERE wanted_at <= now())), 0)::float8
FROM outbox
WHERE status = 'waiting'
GROUP BY channel, status
UNION ALL
SELECT channel, status, count(*)::int8, 0::float8
FROM outbox
WHERE status = 'dead'
GROUP BY channel, status
