-- R73: appended in the transaction of what it tells of; the database stamps the time.
INSERT INTO audit_logs (id, actor_id, action, subject_type, subject_id, outcome, address, request_id, details)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
