-- The booked appointments in a stretch of time ($1 to $2) that are not over, at most $3, and how many there are. Read here, although appointments are a later feature's: the answer belongs to the closure's transaction, under its locks. Nothing lasts longer than a day. Names are looked up for those that are listed only.
SELECT affected.id, services.id, services.name, staff.id, staff.name, affected.starts_at,
       affected.ends_at, affected.status, affected.total
FROM (SELECT id, service_id, staff_id, starts_at, ends_at, status, count(*) OVER () AS total
      FROM appointments
      WHERE starts_at >= $1::timestamptz - interval '1 day' AND starts_at < $2
        AND ends_at > $1 AND ends_at > now() AND status IN ('pending', 'confirmed')
      ORDER BY starts_at, id
      LIMIT $3) AS affected
JOIN services ON services.id = affected.service_id
JOIN staff ON staff.id = affected.staff_id
ORDER BY affected.starts_at, affected.id
