-- Whether a member, who is held, is away from $2 to $3 already: a request that comes again.
SELECT id FROM time_off WHERE staff_id = $1 AND starts_at = $2 AND ends_at = $3
