-- How the name sounds, for search: every way to spell it in pinyin, and its initials.
ALTER TABLE staff ADD COLUMN spellings {{.Text}} NOT NULL DEFAULT '';

--bun:split

-- How a user likes the pages.
CREATE TABLE preferences (
  user_id {{.Int}} PRIMARY KEY REFERENCES users (id),
  language {{.Text}} NOT NULL CHECK (language IN ('zh', 'en')),
  theme {{.Text}} NOT NULL CHECK (theme IN ('system', 'light', 'dark')),
  density {{.Text}} NOT NULL CHECK (density IN ('default', 'dense')),
  tab_moves_in_grids {{.Int}} NOT NULL CHECK (tab_moves_in_grids IN (0, 1)),
  changed_at {{.Instant}} NOT NULL
) {{.Strict}};

--bun:split

-- A page as a user wants to find it again: what stands behind ? in its address. It gives nobody a right.
CREATE TABLE saved_views (
  id {{.ID}},
  user_id {{.Int}} NOT NULL REFERENCES users (id),
  page {{.Path}} NOT NULL,
  name {{.Text}} NOT NULL,
  query {{.Text}} NOT NULL,
  shared {{.Int}} NOT NULL CHECK (shared IN (0, 1)),
  made_at {{.Instant}} NOT NULL,
  version {{.Int}} NOT NULL DEFAULT 1,
  UNIQUE (user_id, page, name)
) {{.Strict}};

--bun:split

CREATE INDEX saved_views_shared ON saved_views (page, name) WHERE shared = 1;
