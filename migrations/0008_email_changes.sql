-- An address that an account is to move to, until its owner has proved it. A later wish takes the place of an earlier one.
CREATE TABLE email_changes (
  user_id         uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  id              uuid NOT NULL,        -- what the code is bound to
  email           text NOT NULL,        -- normalised (R04)
  code_hmac       bytea NOT NULL,
  code_expires_at timestamptz NOT NULL,
  guesses         smallint NOT NULL DEFAULT 0
);
CREATE INDEX email_changes_by_expiry ON email_changes (code_expires_at);
