-- Every change that a person or a file makes is a batch: an import, a command, or the undoing of either.
CREATE TABLE batches (
  id {{.ID}},
  kind {{.Text}} NOT NULL,
  period_id {{.Int}},
  file_name {{.Text}} NOT NULL DEFAULT '',
  sha256 {{.Text}} NOT NULL DEFAULT '',
  rows_new {{.Int}} NOT NULL DEFAULT 0,
  rows_changed {{.Int}} NOT NULL DEFAULT 0,
  rows_unchanged {{.Int}} NOT NULL DEFAULT 0,
  rows_withdrawn {{.Int}} NOT NULL DEFAULT 0,
  rows_wrong {{.Int}} NOT NULL DEFAULT 0,
  undoes_batch_id {{.Int}} UNIQUE REFERENCES batches (id),
  made_by {{.Text}} NOT NULL,
  made_at {{.Instant}} NOT NULL
) {{.Strict}};

--bun:split

-- What people and scorecards looked like before and after a batch; facts keep their own versions.
CREATE TABLE history (
  id {{.ID}},
  batch_id {{.Int}} NOT NULL REFERENCES batches (id),
  entity {{.Text}} NOT NULL,
  entity_id {{.Int}} NOT NULL,
  row_no {{.Int}} NOT NULL DEFAULT 0,
  before {{.Text}},
  after {{.Text}}
) {{.Strict}};

--bun:split

CREATE INDEX history_batch ON history (batch_id, id);

--bun:split

CREATE INDEX history_entity ON history (entity, entity_id, id);

--bun:split

CREATE TABLE units (
  id {{.ID}},
  code {{.Path}} NOT NULL UNIQUE,
  name {{.Text}} NOT NULL,
  parent_id {{.Int}} REFERENCES units (id),
  level {{.Text}} NOT NULL CHECK (level IN ('head_office', 'branch', 'sub_branch', 'department')),
  path {{.Path}} NOT NULL UNIQUE,
  opened_on {{.Date}},
  closed_on {{.Date}},
  version {{.Int}} NOT NULL DEFAULT 1
) {{.Strict}};

--bun:split

CREATE UNIQUE INDEX units_one_root ON units ((1)) WHERE parent_id IS NULL;

--bun:split

CREATE INDEX units_parent ON units (parent_id);

--bun:split

CREATE TABLE staff (
  id {{.ID}},
  staff_no {{.Path}} NOT NULL UNIQUE,
  name {{.Text}} NOT NULL,
  pinyin {{.Text}} NOT NULL DEFAULT '',
  email {{.Text}} NOT NULL DEFAULT '',
  hired_on {{.Date}} NOT NULL,
  -- What the staff file said last; later assignments do not touch it.
  first_unit_id {{.Int}} REFERENCES units (id),
  first_position {{.Text}} NOT NULL DEFAULT '',
  version {{.Int}} NOT NULL DEFAULT 1
) {{.Strict}};

--bun:split

-- Of the assignments that cover a day, the one that began last is in force.
CREATE TABLE assignments (
  id {{.ID}},
  staff_id {{.Int}} NOT NULL REFERENCES staff (id),
  unit_id {{.Int}} NOT NULL REFERENCES units (id),
  position {{.Text}} NOT NULL,
  from_on {{.Date}} NOT NULL,
  to_on {{.Date}},
  state {{.Text}} NOT NULL CHECK (state IN ('active', 'leave', 'left')),
  version {{.Int}} NOT NULL DEFAULT 1,
  UNIQUE (staff_id, from_on)
) {{.Strict}};

--bun:split

CREATE INDEX assignments_unit ON assignments (unit_id);

--bun:split

CREATE TABLE metrics (
  id {{.ID}},
  code {{.Path}} NOT NULL UNIQUE,
  name {{.Text}} NOT NULL,
  unit_of_measure {{.Text}} NOT NULL DEFAULT '',
  decimals {{.Int}} NOT NULL DEFAULT 2,
  version {{.Int}} NOT NULL DEFAULT 1
) {{.Strict}};

--bun:split

CREATE TABLE scorecards (
  id {{.ID}},
  code {{.Path}} NOT NULL UNIQUE
) {{.Strict}};

--bun:split

CREATE TABLE scorecard_versions (
  id {{.ID}},
  scorecard_id {{.Int}} NOT NULL REFERENCES scorecards (id),
  number {{.Int}} NOT NULL,
  state {{.Text}} NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
  definition {{.Text}} NOT NULL,
  sha256 {{.Text}} NOT NULL,
  batch_id {{.Int}} NOT NULL REFERENCES batches (id),
  published_at {{.Instant}},
  UNIQUE (scorecard_id, number)
) {{.Strict}};
