-- What holds for every booking of a service ($1), what the database's clock says (R62), and the closures of some dates; without the service its columns are NULL.
SELECT clock_timestamp(), settings.timezone, settings.slot_interval, settings.min_notice,
       settings.max_advance_days, services.active, services.duration, services.buffer_before,
       services.buffer_after, services.min_notice, services.capacity,
       services.max_advance_days,
       ARRAY(SELECT date FROM closures WHERE date BETWEEN $2 AND $3 ORDER BY date)
FROM settings LEFT JOIN services ON services.id = $1
