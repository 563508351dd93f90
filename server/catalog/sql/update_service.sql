-- What those with services.manage change of a service.
UPDATE services
SET category_id = $2, name = $3, description = $4, price = $5, duration = $6, buffer_before = $7,
    buffer_after = $8, capacity = $9, min_notice = $10, active = $11, max_advance_days = $12,
    updated_at = clock_timestamp(), version = version + 1
WHERE id = $1
RETURNING version
