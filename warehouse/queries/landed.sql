-- How much has landed
SELECT 'feeds' AS what, count(*) AS number FROM core_feeds WHERE is_active
UNION ALL SELECT 'articles', count(*) FROM core_articles
UNION ALL SELECT 'rejected items', count(*) FROM core_rejected
UNION ALL SELECT 'entities', count(*) FROM core_entities
UNION ALL SELECT 'mentions', coalesce(sum(mentions), 0)::BIGINT FROM core_analyses WHERE is_current
UNION ALL SELECT 'claims', coalesce(sum(claims), 0)::BIGINT FROM core_analyses WHERE is_current;
