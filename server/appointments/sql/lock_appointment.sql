-- R16, R54: one appointment that the caller may see, held until the transaction ends, with what
-- decides what they may do with it.
SELECT a.id, a.user_id, (SELECT name FROM users WHERE id = a.user_id),
       a.service_id, (SELECT name FROM services WHERE id = a.service_id),
       a.staff_id, (SELECT name FROM staff WHERE id = a.staff_id),
       a.date, a.time, a.timezone, a.starts_at, a.ends_at, a.duration, a.price, a.currency,
       a.status, a.party_size, a.notes, a.cancel_reason, a.created_at, a.updated_at, a.version,
       a.customer_name, a.customer_phone, a.customer_email,
       a.occupation_id,
       a.user_id IS NOT DISTINCT FROM $2::uuid,
       EXISTS (SELECT FROM staff WHERE staff.id = a.staff_id AND staff.user_id = $2 AND staff.active),
       settings.cancel_notice,
       now()
FROM appointments a CROSS JOIN settings
WHERE a.id = $1
  AND (a.user_id = $2 OR $3
       OR EXISTS (SELECT FROM staff WHERE staff.id = a.staff_id AND staff.user_id = $2 AND staff.active))
FOR UPDATE OF a
