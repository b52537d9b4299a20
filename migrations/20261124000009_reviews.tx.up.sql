-- What the levels of a rating item mean. The code is the item's key in the scorecards.
CREATE TABLE rubrics (
  id {{.ID}},
  code {{.Path}} NOT NULL UNIQUE,
  name_zh {{.Text}} NOT NULL,
  name_en {{.Text}} NOT NULL,
  version {{.Int}} NOT NULL DEFAULT 1
) {{.Strict}};

--bun:split

CREATE TABLE rubric_levels (
  rubric_id {{.Int}} NOT NULL REFERENCES rubrics (id),
  level {{.Text}} NOT NULL,
  name_zh {{.Text}} NOT NULL,
  name_en {{.Text}} NOT NULL,
  description_zh {{.Text}} NOT NULL,
  description_en {{.Text}} NOT NULL,
  PRIMARY KEY (rubric_id, level)
) {{.Strict}};

--bun:split

-- Who else rates a member, as head office named them, beside those whom the rules give.
CREATE TABLE reviewers (
  id {{.ID}},
  period_id {{.Int}} NOT NULL REFERENCES periods (id),
  staff_id {{.Int}} NOT NULL REFERENCES staff (id),
  unit_id {{.Int}} NOT NULL REFERENCES units (id),
  position {{.Text}} NOT NULL,
  role {{.Text}} NOT NULL,
  rater_id {{.Int}} NOT NULL REFERENCES staff (id),
  reason {{.Text}} NOT NULL DEFAULT '',
  named_by {{.Text}} NOT NULL,
  named_at {{.Instant}} NOT NULL,
  ended_by {{.Text}} NOT NULL DEFAULT '',
  ended_at {{.Instant}}
) {{.Strict}};

--bun:split

CREATE UNIQUE INDEX reviewers_current ON reviewers (period_id, staff_id, unit_id, position, role, rater_id) WHERE ended_at IS NULL;

--bun:split

-- One cell of the review grid, by the user who rates. A submitted cell stands in reviews too, which is what runs read.
CREATE TABLE review_cells (
  id {{.ID}},
  period_id {{.Int}} NOT NULL REFERENCES periods (id),
  staff_id {{.Int}} NOT NULL REFERENCES staff (id),
  unit_id {{.Int}} NOT NULL REFERENCES units (id),
  position {{.Text}} NOT NULL,
  item {{.Text}} NOT NULL,
  role {{.Text}} NOT NULL,
  rater_id {{.Int}} NOT NULL REFERENCES users (id),
  level {{.Text}} NOT NULL DEFAULT '',
  comment {{.Text}} NOT NULL DEFAULT '',
  state {{.Text}} NOT NULL CHECK (state IN ('draft', 'submitted', 'returned')),
  return_reason {{.Text}} NOT NULL DEFAULT '',
  returned_by {{.Text}} NOT NULL DEFAULT '',
  written_by {{.Text}} NOT NULL,
  written_at {{.Instant}} NOT NULL,
  version {{.Int}} NOT NULL DEFAULT 1,
  UNIQUE (period_id, staff_id, unit_id, position, item, role, rater_id)
) {{.Strict}};

--bun:split

CREATE INDEX review_cells_rater ON review_cells (period_id, rater_id);

--bun:split

CREATE INDEX review_cells_unit ON review_cells (period_id, unit_id);
