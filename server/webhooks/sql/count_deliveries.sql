-- How many such calls are known.
SELECT count(*) FROM webhook_deliveries WHERE endpoint_id = $1 AND ($2::boolean IS NULL OR delivered = $2)
