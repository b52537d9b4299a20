DROP TABLE review_cells;
--bun:split
DROP TABLE reviewers;
--bun:split
DROP TABLE rubric_levels;
--bun:split
DROP TABLE rubrics;
