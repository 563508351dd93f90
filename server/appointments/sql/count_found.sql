-- The total of list_found_by_start, only where a client asks for it: each appointment once, for the
-- first of its service ($8), its member ($9), its customer ($7) and its own text ($10) that was found.
-- OFFSET 0 keeps the planner from reading the whole table in place of what is wanted; the limit is the
-- contract's.
SELECT count(*)
FROM (
  SELECT of_service.id
  FROM unnest($8::uuid[]) AS wanted
  CROSS JOIN LATERAL (
    SELECT a.id FROM appointments a
    WHERE a.service_id = wanted AND a.starts_at >= $1 AND a.starts_at < $2
      AND coalesce(a.date >= $3 AND a.date <= $4)
      AND coalesce(a.status = ANY ($5), true)
      AND coalesce(a.service_id = $6, true)
    OFFSET 0) AS of_service
  UNION ALL
  SELECT of_member.id
  FROM unnest($9::uuid[]) AS wanted
  CROSS JOIN LATERAL (
    SELECT a.id FROM appointments a
    WHERE a.staff_id = wanted AND a.starts_at >= $1 AND a.starts_at < $2
      AND coalesce(a.date >= $3 AND a.date <= $4)
      AND coalesce(a.status = ANY ($5), true)
      AND coalesce(a.service_id = $6, true)
      AND (a.service_id = ANY ($8::uuid[])) IS NOT TRUE
    OFFSET 0) AS of_member
  UNION ALL
  SELECT of_customer.id
  FROM unnest($7::uuid[]) AS wanted
  CROSS JOIN LATERAL (
    SELECT a.id FROM appointments a
    WHERE a.user_id = wanted AND a.starts_at >= $1 AND a.starts_at < $2
      AND coalesce(a.date >= $3 AND a.date <= $4)
      AND coalesce(a.status = ANY ($5), true)
      AND coalesce(a.service_id = $6, true)
      AND (a.service_id = ANY ($8::uuid[])) IS NOT TRUE
      AND (a.staff_id = ANY ($9::uuid[])) IS NOT TRUE
    OFFSET 0) AS of_customer
  UNION ALL
  SELECT a.id FROM appointments a
  WHERE a.id = ANY ($10::uuid[]) AND coalesce(a.starts_at >= $1 AND a.starts_at < $2)
    AND coalesce(a.date >= $3 AND a.date <= $4)
    AND coalesce(a.status = ANY ($5), true)
    AND coalesce(a.service_id = $6, true)
    AND (a.service_id = ANY ($8::uuid[])) IS NOT TRUE
    AND (a.staff_id = ANY ($9::uuid[])) IS NOT TRUE
    AND (a.user_id = ANY ($7::uuid[])) IS NOT TRUE
  LIMIT 100000
) AS found
