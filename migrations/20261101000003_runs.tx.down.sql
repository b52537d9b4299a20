DROP TABLE result_items;
--bun:split
DROP TABLE result_segments;
--bun:split
DROP TABLE results;
--bun:split
DROP TABLE frozen_members;
--bun:split
DROP TABLE run_units;
--bun:split
DROP TABLE run_scorecards;
--bun:split
DROP TABLE runs;
