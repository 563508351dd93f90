-- An appointment as it is when its reminder is due.
SELECT a.status, a.starts_at, a.timezone, a.duration, a.price, a.currency, a.party_size, services.name,
       staff.name, a.user_id, coalesce(users.name, a.customer_name, ''), coalesce(a.customer_email, '')
FROM appointments a
JOIN services ON services.id = a.service_id
JOIN staff ON staff.id = a.staff_id
LEFT JOIN users ON users.id = a.user_id
WHERE a.id = $1
