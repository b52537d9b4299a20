-- What was in force of one member at an earlier time is found without reading everybody's.
CREATE INDEX targets_replaced ON targets (period_id, staff_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE INDEX actuals_replaced ON actuals (period_id, staff_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE INDEX surveys_replaced ON surveys (period_id, staff_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE INDEX events_replaced ON events (period_id, staff_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE INDEX adjustments_replaced ON adjustments (period_id, staff_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE INDEX vetoes_replaced ON vetoes (period_id, staff_id) WHERE ended_batch_id IS NOT NULL;

--bun:split

CREATE INDEX reviews_replaced ON reviews (period_id, staff_id) WHERE ended_batch_id IS NOT NULL;
