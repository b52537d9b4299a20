-- One run of the bench scorecard, as fast as SQL can be made: what a run is measured against.
-- It computes and stores the item scores and totals that the product's run stores, in the same
-- tables with their indexes and triggers, and ranks. :run and :period are the ids of the two.
--
-- What makes it fast: figures and rows come in the order of the keys, from two indexes side by
-- side; each item takes one division, and the cast to an integer is the rounding (half away from
-- zero, as the product rounds) in hundredths of a point; from there on it is whole numbers. The
-- quotients of these figures have ten digits fewer than a numeric keeps, so that no tie is missed.
-- The digests are of the right size and say nothing; the frozen inputs are left out.

SET LOCAL work_mem = '256MB';
SET LOCAL jit = off;
SET LOCAL enable_nestloop = off;
SET LOCAL enable_hashjoin = off;

INSERT INTO result_items (run_id, staff_id, segment_no, item_no, status, score, contribution)
SELECT :run, staff_id, 1, item_no, 'scored', points * 100, (points * weight + 50) / 100 * 100
FROM (
  SELECT staff_id, item_no, weight,
    CASE item_no
      WHEN 1 THEN least((10000 * a / t)::bigint, 12000)
      WHEN 2 THEN least((10000 * a / t)::bigint, 12000)
      WHEN 3 THEN least(greatest((10000 * a / t)::bigint, 2000), 10000)
      WHEN 4 THEN least(greatest((20000 - 10000 * a / t)::bigint, 0), 11000)
      WHEN 5 THEN least((10000 * t / a)::bigint, 12000)
      WHEN 6 THEN CASE WHEN a >= t THEN 10000 WHEN a >= 0.8 * t THEN 8000 WHEN a >= 0.6 * t THEN 6000 ELSE 0 END
      WHEN 7 THEN CASE WHEN a >= 1.2 * t THEN 11000 WHEN a >= t THEN 10000 WHEN a >= 0.75 * t THEN 7550 WHEN a >= 0.5 * t THEN 5000 ELSE 3000 END
      WHEN 8 THEN CASE WHEN a > 60 THEN 10000 WHEN a > 45 THEN 8000 WHEN a > 30 THEN 6000 ELSE 4000 END
      WHEN 9 THEN CASE
        WHEN a >= 1.2 * t THEN 12000
        WHEN a >= t THEN (10000 * a / t)::bigint
        WHEN a >= 0.8 * t THEN (15000 * a / t - 5000)::bigint
        WHEN a >= 0.5 * t THEN (7000 * (a - 0.5 * t) / (0.3 * t))::bigint
        ELSE 0 END
      WHEN 10 THEN CASE
        WHEN a >= 25 THEN 10500
        WHEN a >= 18 THEN (9500 + 1000 * (a - 18) / 7)::bigint
        WHEN a >= 7 THEN (6000 + 3500 * (a - 7) / 11)::bigint
        ELSE (2000 + 4000 * a / 7)::bigint END
      WHEN 11 THEN least(greatest((10000 - 2000 * greatest(a - 5, 0))::bigint, 0), 10000)
      WHEN 12 THEN CASE
        WHEN a > 2 THEN greatest(9000 - 300 * trunc((a - 2) * 10), 0)::bigint
        ELSE least(9000 + 100 * trunc((2 - a) * 10), 10000)::bigint END
      WHEN 13 THEN CASE
        WHEN a >= t THEN least((8000 + 250 * (a - t) / 3)::bigint, 10000)
        ELSE greatest((8000 + 400 * (a - t) / 3)::bigint, 0) END
      WHEN 14 THEN least(greatest((6000 + 4000 * (a - 0.6 * t) / (0.5 * t))::bigint, 0), 11000)
      WHEN 15 THEN least(greatest((6000 + 400 * (a - 60) / 11)::bigint, 0), 10000)
      WHEN 16 THEN least(greatest((6000 + 4000 * (a - 95) / 4.9)::bigint, 0), 10000)
      WHEN 17 THEN CASE WHEN a >= 3 THEN 10000 ELSE 3000 END
      WHEN 18 THEN CASE WHEN a >= t THEN 10000 ELSE 5000 END
      WHEN 19 THEN least((100 * a)::bigint, 10000)
      WHEN 20 THEN least(greatest((100 * a)::bigint, 4000), 10000)
    END AS points
  FROM (
    SELECT actuals.staff_id, actuals.metric_id AS item_no, actuals.actual::numeric AS a, targets.target::numeric AS t,
      ('{10,8,6,6,4,6,4,5,6,4,6,5,4,6,4,4,3,3,3,3}'::bigint[])[actuals.metric_id] AS weight
    FROM actuals
    JOIN targets USING (period_id, staff_id, metric_id)
    WHERE period_id = :period AND actuals.ended_batch_id IS NULL AND targets.ended_batch_id IS NULL
    ORDER BY actuals.staff_id, actuals.metric_id
    OFFSET 0
  ) figures
) scored;

SET LOCAL enable_hashjoin = on;

INSERT INTO results (run_id, staff_id, staff_no, name, unit_id, position, scorecard, peer_group, "precision", status,
  base, bonus, deduction, total, grade, coefficient, place, peers, result_sha256, member_sha256)
SELECT :run, staff_id, staff_no, name, unit_id, position, 'bench', 'bench@HQ', 2, 'complete', base, 0, 0, total,
  CASE WHEN total >= 900000 THEN 'A' WHEN total >= 800000 THEN 'B' WHEN total >= 700000 THEN 'C' ELSE 'D' END,
  CASE WHEN total >= 900000 THEN '1.2' WHEN total >= 800000 THEN '1.0' WHEN total >= 700000 THEN '0.9' ELSE '0.7' END,
  rank() OVER (ORDER BY total DESC), count(*) OVER (), sha256(''), sha256('')
FROM (
  SELECT staff.id AS staff_id, staff_no, name, unit_id, position, base, least(base, 1100000) AS total
  FROM (
    SELECT staff_id, sum(contribution)::bigint AS base FROM result_items WHERE run_id = :run GROUP BY staff_id
  ) bases
  JOIN staff ON staff.id = bases.staff_id
  JOIN assignments ON assignments.staff_id = staff.id
) totals
ORDER BY staff_id;

INSERT INTO result_segments (run_id, staff_id, segment_no, unit_id, position, scorecard, peer_group, days, last_day, status, base)
SELECT :run, staff_id, 1, unit_id, position, scorecard, peer_group, last_day - first_day + 1, last_day, 'complete', base
FROM results, periods
WHERE run_id = :run AND periods.id = :period
ORDER BY staff_id;
