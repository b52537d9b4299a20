-- Whether a user has seen the tour of the pages: it opens by itself once for each person.
ALTER TABLE preferences ADD COLUMN tour_seen {{.Int}} NOT NULL DEFAULT 0 CHECK (tour_seen IN (0, 1));
