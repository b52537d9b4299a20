CREATE TABLE credentials (
  user_id {{.Int}} PRIMARY KEY REFERENCES users (id),
  password_hash {{.Text}} NOT NULL,
  changed_at {{.Instant}} NOT NULL
) {{.Strict}};

--bun:split

-- Of tokens and secrets only a SHA-256 is kept.
CREATE TABLE sessions (
  id {{.ID}},
  token_sha256 {{.Bytes}} NOT NULL UNIQUE,
  user_id {{.Int}} NOT NULL REFERENCES users (id),
  address {{.Text}} NOT NULL DEFAULT '',
  agent {{.Text}} NOT NULL DEFAULT '',
  created_at {{.Instant}} NOT NULL,
  seen_at {{.Instant}} NOT NULL,
  expires_at {{.Instant}} NOT NULL,
  ended_at {{.Instant}}
) {{.Strict}};

--bun:split

CREATE INDEX sessions_user ON sessions (user_id, id);

--bun:split

CREATE TABLE api_tokens (
  id {{.ID}},
  token_sha256 {{.Bytes}} NOT NULL UNIQUE,
  user_id {{.Int}} NOT NULL REFERENCES users (id),
  name {{.Text}} NOT NULL,
  permissions {{.Text}} NOT NULL,
  created_at {{.Instant}} NOT NULL,
  expires_at {{.Instant}} NOT NULL,
  used_at {{.Instant}},
  revoked_at {{.Instant}}
) {{.Strict}};

--bun:split

CREATE INDEX api_tokens_user ON api_tokens (user_id, id);

--bun:split

-- What sets a password once: for a new user, for a reset, and for the first security administrator (no user yet).
CREATE TABLE one_time_secrets (
  id {{.ID}},
  purpose {{.Text}} NOT NULL CHECK (purpose IN ('bootstrap', 'first_password', 'reset')),
  secret_sha256 {{.Bytes}} NOT NULL UNIQUE,
  user_id {{.Int}} REFERENCES users (id),
  created_by {{.Text}} NOT NULL,
  created_at {{.Instant}} NOT NULL,
  expires_at {{.Instant}} NOT NULL,
  used_at {{.Instant}}
) {{.Strict}};

--bun:split

CREATE INDEX one_time_secrets_user ON one_time_secrets (user_id);

--bun:split

-- How often signing in failed: by account and source, by account, by source. The key is a digest of what it counts.
CREATE TABLE sign_in_failures (
  key {{.Path}} PRIMARY KEY,
  failures {{.Int}} NOT NULL,
  first_at {{.Instant}} NOT NULL,
  last_at {{.Instant}} NOT NULL
) {{.Strict}};

--bun:split

-- Whence somebody has signed in: a digest of an address, or of a device's own token. What guessing elsewhere does to an account does not lock these out.
CREATE TABLE known_sources (
  source {{.Path}} NOT NULL,
  user_id {{.Int}} NOT NULL REFERENCES users (id),
  seen_at {{.Instant}} NOT NULL,
  PRIMARY KEY (source, user_id)
) {{.Strict}};

--bun:split

CREATE INDEX known_sources_user ON known_sources (user_id);
