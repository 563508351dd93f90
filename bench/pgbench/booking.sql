\set slot ({offset} + :client_id + :i * {clients}) * 7919 % (400 * 24 * 24)
\set member 1 + :slot % 400
\set service 1 + :member % 20
\set day 147 + :slot / 9600
\set minute 480 + 30 * (:slot / 400 % 24)
\set customer random(1, {users})
\startpipeline
BEGIN;
\use appointments/lock_customer({customer})
\use appointments/lock_staff(ARRAY[{member}])
\use appointments/booking_terms({customer}; {service}; {member})
\endpipeline
\startpipeline
\use availability/find_rules({service}; current_date + :day::int - 1; current_date + :day::int + 1)
\use availability/list_schedules({service}; {member}; current_date + :day::int - 1; current_date + :day::int + 1; now() + interval '145 days'; now() + interval '175 days')
\use availability/list_occupied({service}; {member}; {start} - interval '2 days'; {start} + interval '2 days')
\endpipeline
\startpipeline
\use appointments/open_occupation({occupation}; {member}; {service}; {start}; {start} + interval '30 minutes'; tstzrange({start}, {start} + interval '30 minutes'); 1; 1)
\use appointments/insert_appointment(gen_random_uuid(); {customer}; {service}; {member}; {occupation}; current_date + :day::int; make_interval(mins => :minute::int)::time; 'Europe/Berlin'; {start}; {start} + interval '30 minutes'; 30; 1000; 'EUR'; 'confirmed'; 1; ''; now(); NULL; NULL; NULL)
\use queue/insert_outbox(gen_random_uuid(); 'appointment.booked'; 'event'; {customer}; NULL::uuid; decode(repeat('ab', 900), 'hex'); gen_random_uuid(); NULL::timestamptz)
\use audit/insert_audit_log(gen_random_uuid(); {customer}; 'appointment.book'; 'appointment'; NULL::uuid; 'success'; '127.0.0.1'; 'bench'; '{"service_id":"","staff_id":"","user_id":""}'::jsonb)
COMMIT;
\endpipeline
