CREATE TABLE runs (
  id {{.ID}},
  period_id {{.Int}} NOT NULL REFERENCES periods (id),
  number {{.Int}} NOT NULL,
  state {{.Text}} NOT NULL CHECK (state IN ('working', 'done')),
  rules {{.Text}} NOT NULL,
  period_days {{.Int}} NOT NULL,
  min_days {{.Int}} NOT NULL,
  last_batch_id {{.Int}} NOT NULL,
  members {{.Int}} NOT NULL DEFAULT 0,
  done_members {{.Int}} NOT NULL DEFAULT 0,
  digest {{.Text}} NOT NULL DEFAULT '',
  part_digests {{.Text}} NOT NULL DEFAULT '',
  made_by {{.Text}} NOT NULL,
  started_at {{.Instant}} NOT NULL,
  finished_at {{.Instant}},
  UNIQUE (period_id, number)
) {{.Strict}};

--bun:split

CREATE UNIQUE INDEX runs_one_working ON runs (period_id) WHERE state = 'working';

--bun:split

-- What a run froze: its scorecards, its units as they were named then, and each member's inputs.
CREATE TABLE run_scorecards (
  run_id {{.Int}} NOT NULL REFERENCES runs (id),
  code {{.Text}} NOT NULL,
  scorecard_version_id {{.Int}} NOT NULL REFERENCES scorecard_versions (id),
  definition {{.Text}} NOT NULL,
  sha256 {{.Text}} NOT NULL,
  PRIMARY KEY (run_id, code)
) {{.Strict}};

--bun:split

CREATE TABLE run_units (
  run_id {{.Int}} NOT NULL REFERENCES runs (id),
  unit_id {{.Int}} NOT NULL REFERENCES units (id),
  code {{.Text}} NOT NULL,
  name {{.Text}} NOT NULL,
  level {{.Text}} NOT NULL,
  parent_id {{.Int}},
  PRIMARY KEY (run_id, unit_id)
) {{.Strict}};

--bun:split

CREATE TABLE frozen_members (
  run_id {{.Int}} NOT NULL,
  staff_id {{.Int}} NOT NULL,
  input {{.Text}} NOT NULL,
  input_sha256 {{.Bytes}} NOT NULL,
  PRIMARY KEY (run_id, staff_id)
) {{.Strict}};

--bun:split

-- Scores and points are integers in units of 1/10000. The unit, position and scorecard are the main segment's.
CREATE TABLE results (
  run_id {{.Int}} NOT NULL,
  staff_id {{.Int}} NOT NULL,
  staff_no {{.Path}} NOT NULL,
  name {{.Text}} NOT NULL,
  unit_id {{.Int}} NOT NULL,
  position {{.Text}} NOT NULL,
  scorecard {{.Text}} NOT NULL,
  peer_group {{.Text}} NOT NULL,
  "precision" {{.Int}} NOT NULL,
  status {{.Text}} NOT NULL CHECK (status IN ('complete', 'incomplete', 'not_assessed')),
  reason {{.Text}} NOT NULL DEFAULT '',
  base {{.Int}},
  bonus {{.Int}},
  deduction {{.Int}},
  total {{.Int}},
  grade {{.Text}},
  coefficient {{.Text}},
  place {{.Int}},
  peers {{.Int}},
  -- Of the result as "steelyard score" prints it, and of who the member was and where: what recomputing cannot give.
  result_sha256 {{.Bytes}} NOT NULL,
  member_sha256 {{.Bytes}} NOT NULL,
  PRIMARY KEY (run_id, staff_id)
) {{.Strict}};

--bun:split

CREATE INDEX results_unit ON results (run_id, unit_id);

--bun:split

-- The orders in which a page of the whole bank is asked for.
CREATE INDEX results_staff_no ON results (run_id, staff_no);

--bun:split

CREATE INDEX results_total ON results (run_id, COALESCE(total, -1));

--bun:split

CREATE TABLE result_segments (
  run_id {{.Int}} NOT NULL,
  staff_id {{.Int}} NOT NULL,
  segment_no {{.Int}} NOT NULL,
  unit_id {{.Int}} NOT NULL,
  position {{.Text}} NOT NULL,
  scorecard {{.Text}} NOT NULL,
  peer_group {{.Text}} NOT NULL,
  days {{.Int}} NOT NULL,
  last_day {{.Date}} NOT NULL,
  status {{.Text}} NOT NULL CHECK (status IN ('complete', 'incomplete', 'short')),
  base {{.Int}},
  PRIMARY KEY (run_id, staff_id, segment_no)
) {{.Strict}};

--bun:split

-- Whose results somebody sees: those with a segment at a unit in their scope.
CREATE INDEX result_segments_unit ON result_segments (run_id, unit_id, staff_id);

--bun:split

CREATE TABLE result_items (
  run_id {{.Int}} NOT NULL,
  staff_id {{.Int}} NOT NULL,
  segment_no {{.Int}} NOT NULL,
  item_no {{.Int}} NOT NULL,
  status {{.Text}} NOT NULL,
  reason {{.Text}},
  score {{.Int}},
  contribution {{.Int}},
  PRIMARY KEY (run_id, staff_id, segment_no, item_no)
) {{if .Postgres}}{{else}}STRICT, WITHOUT ROWID{{end}};
