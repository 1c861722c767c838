-- Purpose: every pair of actors of every claim shown. In a directed pair actor_a gives and actor_b gets;
-- in others the two are in the order of the alphabet and only reported together.
CREATE OR REPLACE VIEW out_dyads AS
SELECT claim_id, article_id, reported_at, outlet, kind, status, actor_a, actor_b, is_directed
FROM core_claim_dyads WHERE is_current;
