-- R08: ways back into an account whose password is lost. Each mail holds a code, good for minutes and until the next
-- mail, and a link, good for a day whatever is guessed or sent meanwhile.
CREATE TABLE password_resets (
  id               uuid PRIMARY KEY,
  user_id          uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  code_hmac        bytea,                -- NULL once a later mail has replaced the code
  code_expires_at  timestamptz NOT NULL,
  guesses          smallint NOT NULL DEFAULT 0,
  token_sha256     bytea NOT NULL,       -- of the link
  token_expires_at timestamptz NOT NULL,
  CONSTRAINT password_resets_token_unique UNIQUE (token_sha256)
);
CREATE INDEX password_resets_by_user ON password_resets (user_id);
CREATE INDEX password_resets_by_expiry ON password_resets (token_expires_at);
