-- Accounts, registrations, sessions, refresh tokens and failed logins.
CREATE TABLE users (
  id             uuid PRIMARY KEY,
  role_id        uuid NOT NULL REFERENCES roles,
  name           text NOT NULL,
  email          text NOT NULL,          -- normalised (R04)
  password_hash  text NOT NULL,
  email_verified boolean NOT NULL DEFAULT false,
  phone          text,
  locale         text NOT NULL DEFAULT 'en',
  timezone       text,
  status         text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  version        bigint NOT NULL DEFAULT 1,
  CONSTRAINT users_email_unique UNIQUE (email)
);

-- R04: one row per register call, each with a code of its own.
CREATE TABLE pending_registrations (
  id              uuid PRIMARY KEY,
  email           text NOT NULL,
  name            text NOT NULL,
  password_hash   text NOT NULL,
  phone           text,
  locale          text NOT NULL,
  timezone        text,
  code_hmac       bytea NOT NULL,
  code_expires_at timestamptz NOT NULL,
  guesses         smallint NOT NULL DEFAULT 0,
  created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX pending_registrations_by_email ON pending_registrations (email, created_at);
CREATE INDEX pending_registrations_by_age ON pending_registrations (created_at);

-- R01: sends are counted per address, whether or not it is known; the HMAC stands for the address.
CREATE TABLE code_sends (
  id         uuid PRIMARY KEY,
  email_hmac bytea NOT NULL,
  purpose    text NOT NULL,
  sent_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX code_sends_by_address ON code_sends (email_hmac, purpose, sent_at);
CREATE INDEX code_sends_by_age ON code_sends (sent_at);

CREATE TABLE sessions (
  id           uuid PRIMARY KEY,
  user_id      uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  device_name  text,
  address      text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL,   -- 30 days from the login, never sliding (R13)
  revoked_at   timestamptz
);
CREATE INDEX sessions_by_user ON sessions (user_id, created_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE refresh_tokens (
  token_sha256 bytea PRIMARY KEY,
  session_id   uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
  issued_at    timestamptz NOT NULL DEFAULT now(),
  used_at      timestamptz
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

-- R08: every attempt is recorded. email_hmac stands for known and unknown addresses alike. An attempt
-- counts as wrong until the password has been judged.
CREATE TABLE login_attempts (
  id           uuid PRIMARY KEY,
  email_hmac   bytea NOT NULL,
  address      text NOT NULL,
  attempted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  outcome      text NOT NULL CHECK (outcome IN ('success', 'wrong', 'locked'))
);
CREATE INDEX login_attempts_by_account ON login_attempts (email_hmac, attempted_at DESC);
CREATE INDEX login_attempts_by_age ON login_attempts (attempted_at);

-- R08: failures of one account from one network (an IPv4 address, an IPv6 /64).
CREATE TABLE login_locks (
  email_hmac   bytea NOT NULL,
  network      text NOT NULL,
  failed_at    timestamptz[] NOT NULL,   -- within the window, oldest first; never more than the limit
  locks        integer NOT NULL,         -- in a row; each one doubles the next
  locked_until timestamptz,
  updated_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (email_hmac, network)
);
CREATE INDEX login_locks_by_age ON login_locks (updated_at);

-- R08: consecutive failures of one account over all networks.
CREATE TABLE login_failures (
  email_hmac  bytea PRIMARY KEY,
  consecutive integer NOT NULL,
  updated_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX login_failures_by_age ON login_failures (updated_at);
