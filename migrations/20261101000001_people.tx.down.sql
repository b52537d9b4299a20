DROP TABLE scorecard_versions;
--bun:split
DROP TABLE scorecards;
--bun:split
DROP TABLE metrics;
--bun:split
DROP TABLE assignments;
--bun:split
DROP TABLE staff;
--bun:split
DROP TABLE units;
--bun:split
DROP TABLE history;
--bun:split
DROP TABLE batches;
