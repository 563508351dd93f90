-- Delivered, unless somebody else has taken the message meanwhile. Bodies are wiped at once unless
-- the development inbox still shows them ($3).
UPDATE outbox
SET status = 'delivered', delivered_at = now(), leased_until = NULL, last_error = NULL,
    channel_failed = false, sealed = CASE WHEN $3 THEN sealed END
FROM unnest($1::uuid[], $2::int[]) AS sent (id, claims)
WHERE outbox.id = sent.id AND outbox.status = 'waiting' AND outbox.claims = sent.claims
