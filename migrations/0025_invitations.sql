-- Somebody who is invited has a login that opens nothing until they have chosen its password by the link of a mail.
ALTER TABLE users
  DROP CONSTRAINT users_status_check,
  ADD CONSTRAINT users_status_check CHECK (status IN ('invited', 'active', 'disabled'));
