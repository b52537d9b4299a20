-- Files that come in for a job and go out of one; their bytes lie in parts, so that every copy of the server has them.
CREATE TABLE files (
  id {{.ID}},
  name {{.Text}} NOT NULL,
  media_type {{.Text}} NOT NULL,
  size {{.Int}} NOT NULL,
  sha256 {{.Text}} NOT NULL,
  made_by {{.Text}} NOT NULL,
  made_at {{.Instant}} NOT NULL,
  expires_at {{.Instant}}
) {{.Strict}};

--bun:split

CREATE INDEX files_expiring ON files (expires_at) WHERE expires_at IS NOT NULL;

--bun:split

CREATE TABLE file_parts (
  file_id {{.Int}} NOT NULL REFERENCES files (id),
  part_no {{.Int}} NOT NULL,
  content {{.Bytes}} NOT NULL,
  PRIMARY KEY (file_id, part_no)
) {{.Strict}};

--bun:split

-- What is done in the background: the queue carries the id, everything people see stands here.
CREATE TABLE jobs (
  id {{.ID}},
  kind {{.Path}} NOT NULL,
  user_id {{.Int}} REFERENCES users (id),
  made_by {{.Text}} NOT NULL,
  limits {{.Text}},
  reach {{.Text}},
  subject {{.Text}} NOT NULL DEFAULT '',
  args {{.Text}} NOT NULL,
  state {{.Text}} NOT NULL CHECK (state IN ('queued', 'working', 'done', 'failed', 'cancelled')),
  step {{.Text}} NOT NULL DEFAULT '',
  done {{.Int}} NOT NULL DEFAULT 0,
  total {{.Int}} NOT NULL DEFAULT 0,
  result {{.Text}},
  problem {{.Text}},
  attempt {{.Int}} NOT NULL DEFAULT 0,
  cancel_by {{.Text}} NOT NULL DEFAULT '',
  input_file_id {{.Int}} REFERENCES files (id),
  output_file_id {{.Int}} REFERENCES files (id),
  ticket {{.Int}} NOT NULL DEFAULT 0,
  request_id {{.Text}} NOT NULL DEFAULT '',
  queued_at {{.Instant}} NOT NULL,
  started_at {{.Instant}},
  finished_at {{.Instant}},
  version {{.Int}} NOT NULL DEFAULT 1
) {{.Strict}};

--bun:split

CREATE INDEX jobs_user ON jobs (user_id, id);

--bun:split

CREATE INDEX jobs_open ON jobs (state, id) WHERE state IN ('queued', 'working');
