-- Customers without an account, and indexes for the lists of those who work with appointments. What is known of them stands in the appointment itself, so that erasing it touches one row.
ALTER TABLE appointments
  ADD COLUMN customer_name  text,
  ADD COLUMN customer_phone text,   -- E.164
  ADD COLUMN customer_email text,   -- normalised (R04)
  ADD CONSTRAINT appointments_one_customer CHECK (
    user_id IS NULL OR num_nonnulls(customer_name, customer_phone, customer_email) = 0);

CREATE INDEX appointments_by_service ON appointments (service_id, starts_at, id);
CREATE INDEX appointments_by_staff_created ON appointments (staff_id, created_at, id);
CREATE INDEX occupations_sessions ON occupations (service_id, staff_id, starts_at) WHERE active AND capacity > 1;
