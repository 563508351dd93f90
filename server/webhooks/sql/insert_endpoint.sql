-- A webhook more, unless there are $6 of them.
INSERT INTO webhook_endpoints (id, url, description, events, secret)
SELECT $1, $2, $3, $4, $5
FROM webhook_endpoints
HAVING count(*) < $6
RETURNING created_at
