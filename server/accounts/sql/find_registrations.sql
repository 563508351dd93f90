-- R04: without a registration_id only a sole row matches; the second row tells that it is not.
SELECT id FROM pending_registrations WHERE email = $1 LIMIT 2
