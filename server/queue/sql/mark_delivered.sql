-- Delivered. The body is wiped at once unless the development inbox still shows it ($2).
UPDATE outbox
SET status = 'delivered', delivered_at = now(), leased_until = NULL, last_error = NULL,
    sealed = CASE WHEN $2 THEN sealed END
WHERE id = $1 AND status = 'waiting'
