-- Of each webhook the last $1 calls are known.
DELETE FROM webhook_deliveries
WHERE id IN (SELECT surplus.id
             FROM webhook_endpoints AS endpoint,
                  LATERAL (SELECT delivery.id
                           FROM webhook_deliveries AS delivery
                           WHERE delivery.endpoint_id = endpoint.id
                           ORDER BY delivery.id DESC
                           OFFSET $1) AS surplus
             LIMIT $2)
