-- Whom an event may concern: all of the few that there are.
SELECT id, events FROM webhook_endpoints WHERE active ORDER BY id
