-- What a booking needs beside free time: names, price, the customer's load (R22) and the caps.
-- One row whatever the ids are; NULL names what there is not.
SELECT services.name, services.price, services.active,
       (SELECT staff.name FROM staff JOIN staff_services ON staff_id = staff.id
        WHERE staff.id = $3 AND staff.active AND service_id = $2),
       users.name,
       settings.currency, settings.auto_confirm,
       settings.max_active_appointments, settings.max_bookings_per_hour,
       (SELECT count(*) FROM appointments
        WHERE user_id = $1 AND starts_at > now() AND status IN ('pending', 'confirmed')),
       (SELECT count(*) FROM appointments
        WHERE user_id = $1 AND created_at > now() - interval '1 hour'),
       now()
FROM settings
LEFT JOIN users ON users.id = $1
LEFT JOIN services ON services.id = $2
