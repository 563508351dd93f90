-- What a member ($1) does from now on.
INSERT INTO staff_services (staff_id, service_id)
SELECT $1, service_id FROM unnest($2::uuid[]) AS service_id
ON CONFLICT DO NOTHING
