-- Purpose: when this snapshot was published, and how much it holds.
CREATE OR REPLACE VIEW out_publication AS
SELECT p.published_at, e.engine_version, (SELECT count(*) FROM core_articles) AS articles,
       (SELECT count(*) FROM core_claims WHERE is_current) AS claims
FROM core_publication p LEFT JOIN core_engines e ON e.is_active;
