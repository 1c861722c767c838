-- Which entities one article names together
-- :param since = 7 days ago -- first day
-- :param entity = null -- only pairs with this entity
-- :param limit = 50 -- rows
WITH named AS (
    SELECT DISTINCT article_id, reported_at, entity_id FROM core_mentions
    WHERE is_current AND entity_id IS NOT NULL AND reported_at >= $since::TIMESTAMP
), first AS (FROM named WHERE $entity IS NULL OR entity_id = $entity)
SELECT least(a.entity_id, b.entity_id) AS entity_a, greatest(a.entity_id, b.entity_id) AS entity_b, count(*) AS articles
FROM first a JOIN named b ON b.article_id = a.article_id AND b.reported_at = a.reported_at
WHERE b.entity_id > a.entity_id OR ($entity IS NOT NULL AND b.entity_id < a.entity_id)
GROUP BY ALL
ORDER BY articles DESC, entity_a, entity_b
LIMIT $limit::INTEGER;
