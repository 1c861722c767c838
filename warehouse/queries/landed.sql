-- How much has landed
SELECT 'feeds' AS what, count(*) AS number FROM core_feeds WHERE is_active
UNION ALL SELECT 'articles', count(*) FROM core_articles
UNION ALL SELECT 'rejected items', count(*) FROM core_rejected
UNION ALL SELECT 'entities', count(DISTINCT entity_id) FROM out_mentions
UNION ALL SELECT 'mentions', count(*) FROM out_mentions
UNION ALL SELECT 'claims', count(*) FROM out_claims;
