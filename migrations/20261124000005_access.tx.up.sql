-- A role is a named bundle of permissions; a line of it allows or denies one permission at a reach.
CREATE TABLE roles (
  id {{.ID}},
  code {{.Path}} NOT NULL UNIQUE,
  name_zh {{.Text}} NOT NULL,
  name_en {{.Text}} NOT NULL,
  version {{.Int}} NOT NULL DEFAULT 1
) {{.Strict}};

--bun:split

CREATE TABLE role_permissions (
  role_id {{.Int}} NOT NULL REFERENCES roles (id),
  permission {{.Text}} NOT NULL,
  reach {{.Text}} NOT NULL CHECK (reach IN ('self', 'unit', 'subtree')),
  effect {{.Text}} NOT NULL CHECK (effect IN ('allow', 'deny')),
  PRIMARY KEY (role_id, permission, reach, effect)
) {{.Strict}};

--bun:split

-- A user is a sign-in. The username is folded: lower case, one script.
CREATE TABLE users (
  id {{.ID}},
  username {{.Path}} NOT NULL UNIQUE,
  staff_id {{.Int}} UNIQUE REFERENCES staff (id),
  email {{.Text}} NOT NULL DEFAULT '',
  state {{.Text}} NOT NULL CHECK (state IN ('active', 'disabled')),
  version {{.Int}} NOT NULL DEFAULT 1,
  created_at {{.Instant}} NOT NULL
) {{.Strict}};

--bun:split

-- A role held at a unit from a day to a day, inclusive. What is revoked stays readable.
CREATE TABLE grants (
  id {{.ID}},
  user_id {{.Int}} NOT NULL REFERENCES users (id),
  role_id {{.Int}} NOT NULL REFERENCES roles (id),
  unit_id {{.Int}} NOT NULL REFERENCES units (id),
  from_on {{.Date}} NOT NULL,
  to_on {{.Date}},
  reason {{.Text}} NOT NULL DEFAULT '',
  granted_by {{.Text}} NOT NULL,
  granted_at {{.Instant}} NOT NULL,
  revoked_by {{.Text}} NOT NULL DEFAULT '',
  revoked_at {{.Instant}},
  version {{.Int}} NOT NULL DEFAULT 1
) {{.Strict}};

--bun:split

CREATE UNIQUE INDEX grants_current ON grants (user_id, role_id, unit_id, from_on) WHERE revoked_at IS NULL;

--bun:split

CREATE INDEX grants_unit ON grants (unit_id);

--bun:split

-- The responsibility table: each power has one owner level.
CREATE TABLE responsibilities (
  permission {{.Path}} PRIMARY KEY,
  owner {{.Text}} NOT NULL CHECK (owner IN ('head_office', 'branch', 'sub_branch')),
  changed_by {{.Text}} NOT NULL DEFAULT '',
  changed_at {{.Instant}},
  version {{.Int}} NOT NULL DEFAULT 1
) {{.Strict}};

--bun:split

-- One row: bumped by every change of users, roles, grants, responsibilities and units, in the same transaction.
CREATE TABLE policy_version (
  id {{.Int}} PRIMARY KEY CHECK (id = 1),
  version {{.Int}} NOT NULL
) {{.Strict}};

--bun:split

INSERT INTO policy_version (id, version) VALUES (1, 1);
