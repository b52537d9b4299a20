DROP INDEX reviews_replaced;
--bun:split
DROP INDEX vetoes_replaced;
--bun:split
DROP INDEX adjustments_replaced;
--bun:split
DROP INDEX events_replaced;
--bun:split
DROP INDEX surveys_replaced;
--bun:split
DROP INDEX actuals_replaced;
--bun:split
DROP INDEX targets_replaced;
