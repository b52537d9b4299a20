CREATE TABLE periods (
  id {{.ID}},
  code {{.Path}} NOT NULL UNIQUE,
  first_day {{.Date}} NOT NULL,
  last_day {{.Date}} NOT NULL,
  min_days {{.Int}} NOT NULL,
  state {{.Text}} NOT NULL CHECK (state IN ('draft', 'collecting', 'scoring', 'published', 'closed')),
  published_run_id {{.Int}},
  published_at {{.Instant}},
  version {{.Int}} NOT NULL DEFAULT 1
) {{.Strict}};

--bun:split

CREATE UNIQUE INDEX periods_published_run ON periods (published_run_id);

--bun:split

-- A blocker that somebody let pass, and why.
CREATE TABLE period_waivers (
  id {{.ID}},
  period_id {{.Int}} NOT NULL REFERENCES periods (id),
  blocker {{.Text}} NOT NULL,
  subject {{.Text}} NOT NULL DEFAULT '',
  reason {{.Text}} NOT NULL,
  made_by {{.Text}} NOT NULL,
  made_at {{.Instant}} NOT NULL,
  UNIQUE (period_id, blocker, subject)
) {{.Strict}};

--bun:split

-- Facts are never overwritten: a correction ends the row that it replaces and stands beside it.
-- Period and metric are checked by the import; two foreign keys a row are what bulk loads can bear.
CREATE TABLE targets (
  id {{.ID}},
  period_id {{.Int}} NOT NULL,
  staff_id {{.Int}} NOT NULL REFERENCES staff (id),
  unit_id {{.Int}},
  position {{.Text}} NOT NULL DEFAULT '',
  metric_id {{.Int}} NOT NULL,
  target {{.Text}},
  baseline {{.Text}},
  batch_id {{.Int}} NOT NULL REFERENCES batches (id),
  row_no {{.Int}} NOT NULL DEFAULT 0,
  ended_batch_id {{.Int}}
) {{.Strict}};

--bun:split

CREATE UNIQUE INDEX targets_current ON targets (period_id, staff_id, metric_id, COALESCE(unit_id, 0), position) WHERE ended_batch_id IS NULL;

--bun:split

CREATE INDEX targets_batch ON targets (batch_id);

--bun:split

CREATE INDEX targets_ended ON targets (ended_batch_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE TABLE actuals (
  id {{.ID}},
  period_id {{.Int}} NOT NULL,
  staff_id {{.Int}} NOT NULL REFERENCES staff (id),
  unit_id {{.Int}},
  position {{.Text}} NOT NULL DEFAULT '',
  metric_id {{.Int}} NOT NULL,
  actual {{.Text}},
  batch_id {{.Int}} NOT NULL REFERENCES batches (id),
  row_no {{.Int}} NOT NULL DEFAULT 0,
  ended_batch_id {{.Int}}
) {{.Strict}};

--bun:split

CREATE UNIQUE INDEX actuals_current ON actuals (period_id, staff_id, metric_id, COALESCE(unit_id, 0), position) WHERE ended_batch_id IS NULL;

--bun:split

CREATE INDEX actuals_batch ON actuals (batch_id);

--bun:split

CREATE INDEX actuals_ended ON actuals (ended_batch_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE TABLE surveys (
  id {{.ID}},
  period_id {{.Int}} NOT NULL,
  staff_id {{.Int}} NOT NULL REFERENCES staff (id),
  unit_id {{.Int}},
  position {{.Text}} NOT NULL DEFAULT '',
  item {{.Text}} NOT NULL,
  answers {{.Int}},
  answers_sum {{.Text}},
  batch_id {{.Int}} NOT NULL REFERENCES batches (id),
  row_no {{.Int}} NOT NULL DEFAULT 0,
  ended_batch_id {{.Int}}
) {{.Strict}};

--bun:split

CREATE UNIQUE INDEX surveys_current ON surveys (period_id, staff_id, item, COALESCE(unit_id, 0), position) WHERE ended_batch_id IS NULL;

--bun:split

CREATE INDEX surveys_batch ON surveys (batch_id);

--bun:split

CREATE INDEX surveys_ended ON surveys (ended_batch_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE TABLE events (
  id {{.ID}},
  period_id {{.Int}} NOT NULL,
  staff_id {{.Int}} NOT NULL REFERENCES staff (id),
  unit_id {{.Int}},
  position {{.Text}} NOT NULL DEFAULT '',
  event_type {{.Text}} NOT NULL,
  item {{.Text}} NOT NULL DEFAULT '',
  occurrences {{.Int}},
  batch_id {{.Int}} NOT NULL REFERENCES batches (id),
  row_no {{.Int}} NOT NULL DEFAULT 0,
  ended_batch_id {{.Int}}
) {{.Strict}};

--bun:split

CREATE UNIQUE INDEX events_current ON events (period_id, staff_id, event_type, item, COALESCE(unit_id, 0), position) WHERE ended_batch_id IS NULL;

--bun:split

CREATE INDEX events_batch ON events (batch_id);

--bun:split

CREATE INDEX events_ended ON events (ended_batch_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE TABLE adjustments (
  id {{.ID}},
  period_id {{.Int}} NOT NULL,
  staff_id {{.Int}} NOT NULL REFERENCES staff (id),
  key {{.Text}} NOT NULL,
  points {{.Text}},
  reason {{.Text}} NOT NULL DEFAULT '',
  batch_id {{.Int}} NOT NULL REFERENCES batches (id),
  row_no {{.Int}} NOT NULL DEFAULT 0,
  ended_batch_id {{.Int}}
) {{.Strict}};

--bun:split

CREATE INDEX adjustments_current ON adjustments (period_id, staff_id, key) WHERE ended_batch_id IS NULL;

--bun:split

CREATE INDEX adjustments_batch ON adjustments (batch_id);

--bun:split

CREATE INDEX adjustments_ended ON adjustments (ended_batch_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE TABLE vetoes (
  id {{.ID}},
  period_id {{.Int}} NOT NULL,
  staff_id {{.Int}} NOT NULL REFERENCES staff (id),
  key {{.Text}} NOT NULL,
  reason {{.Text}} NOT NULL DEFAULT '',
  batch_id {{.Int}} NOT NULL REFERENCES batches (id),
  row_no {{.Int}} NOT NULL DEFAULT 0,
  ended_batch_id {{.Int}}
) {{.Strict}};

--bun:split

CREATE UNIQUE INDEX vetoes_current ON vetoes (period_id, staff_id, key) WHERE ended_batch_id IS NULL;

--bun:split

CREATE INDEX vetoes_batch ON vetoes (batch_id);

--bun:split

CREATE INDEX vetoes_ended ON vetoes (ended_batch_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE TABLE reviews (
  id {{.ID}},
  period_id {{.Int}} NOT NULL,
  staff_id {{.Int}} NOT NULL REFERENCES staff (id),
  unit_id {{.Int}},
  position {{.Text}} NOT NULL DEFAULT '',
  item {{.Text}} NOT NULL,
  role {{.Text}} NOT NULL,
  rater {{.Text}} NOT NULL,
  level {{.Text}},
  comment {{.Text}} NOT NULL DEFAULT '',
  batch_id {{.Int}} NOT NULL REFERENCES batches (id),
  row_no {{.Int}} NOT NULL DEFAULT 0,
  ended_batch_id {{.Int}}
) {{.Strict}};

--bun:split

CREATE UNIQUE INDEX reviews_current ON reviews (period_id, staff_id, item, role, rater, COALESCE(unit_id, 0), position) WHERE ended_batch_id IS NULL;

--bun:split

CREATE INDEX reviews_batch ON reviews (batch_id);

--bun:split

CREATE INDEX reviews_ended ON reviews (ended_batch_id) WHERE ended_batch_id IS NOT NULL;
