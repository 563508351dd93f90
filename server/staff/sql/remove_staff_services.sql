-- What a member ($1) does no more: active services that are not among $2. Retired ones are in no list that a client could have sent back, so they stay.
DELETE FROM staff_services
USING services
WHERE staff_services.staff_id = $1 AND services.id = staff_services.service_id
  AND services.active AND staff_services.service_id <> ALL ($2::uuid[])
