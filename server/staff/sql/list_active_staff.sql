-- Whom an order must name.
SELECT id FROM staff WHERE active
