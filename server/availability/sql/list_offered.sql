-- What is asked of the members of each service, for the copies in memory.
SELECT id, active, duration, buffer_before, buffer_after, min_notice, capacity,
       max_advance_days
FROM services
