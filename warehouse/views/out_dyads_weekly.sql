-- Purpose: claims for each week (its Monday), pair, kind and status.
CREATE OR REPLACE VIEW out_dyads_weekly AS
SELECT date_trunc('week', reported_at)::DATE AS week, actor_a, actor_b, is_directed, kind, status, count(*) AS claims
FROM out_dyads GROUP BY ALL;
