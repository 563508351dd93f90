-- What must hold after any race and any fault (R50): one row for each violation, none if all is well.
-- I6 and I7 are about answers and are checked by the tests that have them.
WITH occupying AS (
  SELECT occupation_id, sum(party_size) AS seats, count(*) AS appointments
  FROM appointments WHERE status IN ('pending', 'confirmed')
  GROUP BY occupation_id
), asked AS (
  SELECT subject_id AS id, action, count(*) AS times
  FROM audit_logs
  WHERE outcome = 'success' AND subject_type = 'appointment' AND action <> 'appointment.update'
  GROUP BY subject_id, action
), told AS (
  SELECT appointment_id AS id,
         CASE event WHEN 'appointment.booked' THEN 'appointment.book'
                    WHEN 'appointment.requested' THEN 'appointment.book'
                    WHEN 'appointment.confirmed' THEN 'appointment.confirm'
                    WHEN 'appointment.rescheduled' THEN 'appointment.reschedule'
                    WHEN 'appointment.cancelled' THEN 'appointment.cancel'
                    WHEN 'appointment.completed' THEN 'appointment.complete'
                    WHEN 'appointment.no_show' THEN 'appointment.no_show'
                    WHEN 'appointment.reopened' THEN 'appointment.reopen' END AS action,
         count(*) AS times
  FROM outbox
  WHERE channel = 'event' AND appointment_id IS NOT NULL AND starts_with(event, 'appointment.')
    AND event <> 'appointment.reminder'
  GROUP BY 1, 2
)
SELECT 'I1 two active occupations overlap' AS violated, a.id AS subject
FROM occupations a JOIN occupations b
  ON a.staff_id = b.staff_id AND a.id < b.id AND a.during && b.during
WHERE a.active AND b.active
UNION ALL
SELECT 'I1 an appointment has no active time of its own', a.id
FROM appointments a LEFT JOIN occupations o
  ON o.id = a.occupation_id AND o.active AND o.staff_id = a.staff_id
     AND o.service_id = a.service_id AND o.starts_at = a.starts_at AND o.ends_at = a.ends_at
WHERE a.status IN ('pending', 'confirmed') AND o.id IS NULL
UNION ALL
SELECT 'I2 more seats are booked than there are', id
FROM occupations WHERE booked > capacity OR booked < 0
UNION ALL
SELECT 'I2 the seats counted are not the seats booked', o.id
FROM occupations o LEFT JOIN occupying ON occupying.occupation_id = o.id
WHERE o.active AND o.booked <> coalesce(occupying.seats, 0)
UNION ALL
SELECT 'I2 two appointments share a single slot', o.id
FROM occupations o JOIN occupying ON occupying.occupation_id = o.id
WHERE o.capacity = 1 AND occupying.appointments > 1
UNION ALL
SELECT 'I3 an acknowledged booking is gone', (k.body::jsonb ->> 'id')::uuid
FROM idempotency_keys k
WHERE k.status = 201 AND k.route = 'bookAppointment'
  AND NOT EXISTS (SELECT FROM appointments a WHERE a.id = (k.body::jsonb ->> 'id')::uuid)
UNION ALL
SELECT 'I4 an appointment was booked more than once', id
FROM asked WHERE action = 'appointment.book' AND times > 1
UNION ALL
SELECT 'I5 two keys name one booking', (k.body::jsonb ->> 'id')::uuid
FROM idempotency_keys k
WHERE k.status = 201 AND k.route = 'bookAppointment'
GROUP BY k.body::jsonb ->> 'id'
HAVING count(*) > 1
UNION ALL
SELECT 'I8 a transition was not told, or told too often', coalesce(asked.id, told.id)
FROM asked FULL JOIN told ON told.id = asked.id AND told.action = asked.action
WHERE coalesce(asked.times, 0) <> coalesce(told.times, 0)
UNION ALL
SELECT 'I8 an event became two messages to one person', appointment_id
FROM outbox
WHERE channel = 'email' AND event IN ('appointment.booked', 'appointment.requested')
GROUP BY appointment_id, user_id
HAVING count(*) > 1
UNION ALL
SELECT 'I9 an appointment ends before it starts', id
FROM appointments WHERE ends_at <= starts_at OR duration * interval '1 minute' <> ends_at - starts_at
UNION ALL
SELECT 'I9 an occupation ends before it starts', id
FROM occupations WHERE ends_at <= starts_at
UNION ALL
SELECT 'R61 the local time is not the time', id
FROM appointments WHERE starts_at AT TIME ZONE timezone <> date + time
