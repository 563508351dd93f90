-- R32: a page of what a search found among everyone's appointments, the latest first;
-- before ($1, $2), from $3 on.
-- Those of the customers $8, for the services $9, of the members $10, and $11. Each customer, service
-- and member is read in order and no further than the page, however many appointments they have.
SELECT a.id, a.user_id, (SELECT name FROM users WHERE id = a.user_id),
       a.service_id, (SELECT name FROM services WHERE id = a.service_id),
       a.staff_id, (SELECT name FROM staff WHERE id = a.staff_id),
       a.date, a.time, a.timezone, a.starts_at, a.ends_at, a.duration, a.price, a.currency,
       a.status, a.party_size, a.notes, a.cancel_reason, a.created_at, a.updated_at, a.version,
       a.customer_name, a.customer_phone, a.customer_email
FROM (
  SELECT of_customer.id, of_customer.starts_at
  FROM unnest($8::uuid[]) AS wanted
  CROSS JOIN LATERAL (
    SELECT a.id, a.starts_at FROM appointments a
    WHERE a.user_id = wanted AND (a.starts_at, a.id) < ($1, $2) AND a.starts_at >= $3
      AND coalesce(a.date >= $4 AND a.date <= $5)
      AND coalesce(a.status = ANY ($6), true)
      AND coalesce(a.service_id = $7, true)
    ORDER BY a.starts_at DESC, a.id DESC
    LIMIT $12) AS of_customer
  UNION
  SELECT of_service.id, of_service.starts_at
  FROM unnest($9::uuid[]) AS wanted
  CROSS JOIN LATERAL (
    SELECT a.id, a.starts_at FROM appointments a
    WHERE a.service_id = wanted AND (a.starts_at, a.id) < ($1, $2) AND a.starts_at >= $3
      AND coalesce(a.date >= $4 AND a.date <= $5)
      AND coalesce(a.status = ANY ($6), true)
      AND coalesce(a.service_id = $7, true)
    ORDER BY a.starts_at DESC, a.id DESC
    LIMIT $12) AS of_service
  UNION
  SELECT of_member.id, of_member.starts_at
  FROM unnest($10::uuid[]) AS wanted
  CROSS JOIN LATERAL (
    SELECT a.id, a.starts_at FROM appointments a
    WHERE a.staff_id = wanted AND (a.starts_at, a.id) < ($1, $2) AND a.starts_at >= $3
      AND coalesce(a.date >= $4 AND a.date <= $5)
      AND coalesce(a.status = ANY ($6), true)
      AND coalesce(a.service_id = $7, true)
    ORDER BY a.starts_at DESC, a.id DESC
    LIMIT $12) AS of_member
  UNION
  SELECT a.id, a.starts_at FROM appointments a
  WHERE a.id = ANY ($11::uuid[]) AND coalesce((a.starts_at, a.id) < ($1, $2) AND a.starts_at >= $3)
    AND coalesce(a.date >= $4 AND a.date <= $5)
    AND coalesce(a.status = ANY ($6), true)
    AND coalesce(a.service_id = $7, true)
  ORDER BY starts_at DESC, id DESC
  LIMIT $12
) AS found
JOIN appointments a ON a.id = found.id
ORDER BY a.starts_at DESC, a.id DESC
