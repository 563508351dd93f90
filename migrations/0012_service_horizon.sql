-- How far ahead a service can be booked, in place of what holds for the business (settings.max_advance_days).
ALTER TABLE services
  ADD COLUMN max_advance_days integer CHECK (max_advance_days BETWEEN 1 AND 730);   -- NULL: the business's
