-- Permissions, roles and the append-only audit log.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE permissions (
  id          smallint PRIMARY KEY,
  slug        text NOT NULL UNIQUE,
  description text NOT NULL
);

CREATE TABLE roles (
  id        uuid PRIMARY KEY,
  name      text NOT NULL UNIQUE,
  is_system boolean NOT NULL DEFAULT false
);

CREATE TABLE role_permissions (
  role_id       uuid     NOT NULL REFERENCES roles ON DELETE CASCADE,
  permission_id smallint NOT NULL REFERENCES permissions,
  PRIMARY KEY (role_id, permission_id)
);

INSERT INTO permissions (id, slug, description) VALUES
  (0,  'users.read',            'See customers and staff logins'),
  (1,  'users.manage',          'Invite, change and disable logins'),
  (2,  'roles.read',            'See roles and what they may do'),
  (3,  'roles.manage',          'Change roles and what they may do'),
  (4,  'services.manage',       'Change categories and services'),
  (5,  'staff.manage',          'Change staff, working hours and time off'),
  (6,  'appointments.read_all', 'See everyone''s appointments'),
  (7,  'appointments.manage',   'Book, move and cancel for others'),
  (8,  'gallery.manage',        'Change the gallery'),
  (9,  'settings.manage',       'Change the business''s settings'),
  (10, 'reports.read',          'See reports'),
  (11, 'audit.read',            'Read the audit log'),
  (12, 'notifications.send',    'See and retry messages');

-- Fixed ids, so that every installation and every test names the same roles.
INSERT INTO roles (id, name, is_system) VALUES
  ('00000000-0000-7000-8000-000000000001', 'admin',    true),
  ('00000000-0000-7000-8000-000000000002', 'manager',  true),
  ('00000000-0000-7000-8000-000000000003', 'staff',    true),
  ('00000000-0000-7000-8000-000000000004', 'customer', true);

INSERT INTO role_permissions (role_id, permission_id)
SELECT '00000000-0000-7000-8000-000000000001', id FROM permissions;
INSERT INTO role_permissions (role_id, permission_id)
SELECT '00000000-0000-7000-8000-000000000002', id FROM permissions
WHERE slug NOT IN ('roles.manage', 'users.manage', 'audit.read', 'settings.manage');

-- R73: who, what, on what, outcome, address, request id, UTC. The server's role may only INSERT and
-- SELECT here (see the grants that `frontdesk migrate` gives).
CREATE TABLE audit_logs (
  id           uuid PRIMARY KEY,
  occurred_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_id     uuid,                     -- no foreign key: an entry outlives the account
  action       text NOT NULL,            -- `appointment.cancel`, `auth.login`
  subject_type text NOT NULL,
  subject_id   uuid,
  outcome      text NOT NULL CHECK (outcome IN ('success', 'refused', 'failure')),
  address      text NOT NULL,
  request_id   text NOT NULL,
  details      jsonb NOT NULL DEFAULT '{}'  -- changed fields by name; personal ones without values
);
CREATE INDEX audit_logs_by_time ON audit_logs (occurred_at DESC, id DESC);
CREATE INDEX audit_logs_by_subject ON audit_logs (subject_type, subject_id, occurred_at DESC);
