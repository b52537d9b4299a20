DROP TABLE saved_views;
--bun:split
DROP TABLE preferences;
--bun:split
ALTER TABLE staff DROP COLUMN spellings;
