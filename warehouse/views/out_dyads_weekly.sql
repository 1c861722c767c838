-- Purpose: claims for each week (its Monday), pair, kind and status.
CREATE OR REPLACE VIEW out_dyads_weekly AS
SELECT date_trunc('week', reported_at)::DATE AS week, actor_a, actor_b, is_directed, kind, status, count(*) AS claims
FROM out_dyads GROUP BY ALL;
COMMENT ON COLUMN out_dyads_weekly.week IS 'Its Monday';
COMMENT ON COLUMN out_dyads_weekly.claims IS 'Claims of this pair, kind and status in the week';
