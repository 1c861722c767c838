-- Purpose: claims of each day, pair and kind, as shown now. Parameters: since.
SELECT actor_a, actor_b, kind, reported_at::DATE AS reported_on, count(DISTINCT claim_id) AS claims
FROM core_claim_dyads WHERE is_current AND reported_at >= $since GROUP BY ALL;
