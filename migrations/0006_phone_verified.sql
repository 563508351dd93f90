-- Whether the owner of an account has proved that the phone number is theirs. A new number has not been proved.
ALTER TABLE users ADD COLUMN phone_verified boolean NOT NULL DEFAULT false;
