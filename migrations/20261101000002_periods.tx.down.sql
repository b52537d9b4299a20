DROP TABLE reviews;
--bun:split
DROP TABLE vetoes;
--bun:split
DROP TABLE adjustments;
--bun:split
DROP TABLE events;
--bun:split
DROP TABLE surveys;
--bun:split
DROP TABLE actuals;
--bun:split
DROP TABLE targets;
--bun:split
DROP TABLE period_waivers;
--bun:split
DROP TABLE periods;
