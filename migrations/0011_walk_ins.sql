-- Customers without an account. What is known of them stands in the appointment itself, so that erasing it touches one row.
ALTER TABLE appointments
  ADD COLUMN customer_name  text,
  ADD COLUMN customer_phone text,   -- E.164
  ADD COLUMN customer_email text,   -- normalised (R04)
  ADD CONSTRAINT appointments_one_customer CHECK (
    user_id IS NULL OR num_nonnulls(customer_name, customer_phone, customer_email) = 0);
