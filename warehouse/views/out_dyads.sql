-- Purpose: every pair of actors of every claim shown. In a directed pair actor_a gives and actor_b gets;
-- in others the two are in the order of the alphabet and stand for reported together.
CREATE OR REPLACE VIEW out_dyads AS
SELECT claim_id, article_id, reported_at, outlet, kind, status, supplier AS actor_a, recipient AS actor_b,
       true AS is_directed
FROM core_claims WHERE is_current AND supplier IS NOT NULL AND recipient IS NOT NULL
UNION ALL
SELECT claim_id, article_id, reported_at, outlet, kind, status, pair.a AS actor_a, pair.b AS actor_b,
       false AS is_directed
FROM (
    SELECT claim_id, article_id, reported_at, outlet, kind, status,
           unnest(flatten([[{'a': x, 'b': y} for y in participants if y > x] for x in participants])) AS pair
    FROM core_claims WHERE is_current AND len(participants) > 1
);
