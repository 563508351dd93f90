-- R22: how many SMS a number gets in an hour is the business's to set, as the other caps are. Never none: codes come so.
ALTER TABLE settings
  ADD COLUMN max_sms_per_hour integer NOT NULL DEFAULT 5 CHECK (max_sms_per_hour BETWEEN 1 AND 1000);
