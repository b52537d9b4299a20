ALTER TABLE preferences DROP COLUMN tour_seen;
