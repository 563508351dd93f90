-- R32: appointments in whose notes or details of a walk-in $1 occurs (as a pattern: $2). One more
-- than a search takes. Planned for all of them, and read only as far.
WITH found AS MATERIALIZED (
  SELECT id
  FROM appointments
  WHERE (notes <> '' OR customer_name IS NOT NULL)
    AND trigrams(appointment_text(notes, customer_name, customer_phone, customer_email))
        @@ trigrams_of_what_contains($1)
    AND appointment_text(notes, customer_name, customer_phone, customer_email) ILIKE $2
)
SELECT id FROM found LIMIT 1001
