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

-- R01: sends are counted per address, whether or not it is known.
CREATE TABLE code_sends (
  email_hash bytea NOT NULL,
  purpose    text NOT NULL,
  sent_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX code_sends_by_address ON code_sends (email_hash, purpose, sent_at);

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

CREATE TABLE refresh_tokens (
  token_sha256 bytea PRIMARY KEY,
  session_id   uuid NOT NULL REFERENCES sessions ON DELETE CASCADE,
  issued_at    timestamptz NOT NULL DEFAULT now(),
  used_at      timestamptz
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

-- R08: every failure is recorded. email_hmac stands for known and unknown addresses alike.
CREATE TABLE login_attempts (
  id           uuid PRIMARY KEY,
  email_hmac   bytea NOT NULL,
  address      text NOT NULL,
  attempted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  outcome      text NOT NULL CHECK (outcome IN ('success', 'wrong', 'locked'))
);
CREATE INDEX login_attempts_by_account ON login_attempts (email_hmac, attempted_at DESC);

CREATE TABLE login_locks (
  email_hmac   bytea NOT NULL,
  address_key  text NOT NULL,           -- IPv4 address, IPv6 /64, or '*' for all addresses together
  failures     integer NOT NULL DEFAULT 0,
  first_failure_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  locks        integer NOT NULL DEFAULT 0,
  locked_until timestamptz,
  PRIMARY KEY (email_hmac, address_key)
);
