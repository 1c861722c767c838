-- Which entities one article names together
-- :param since = 1970-01-01 -- first day
-- :param entity = null -- only pairs with this entity
-- :param limit = 50 -- rows
SELECT entity_a, entity_b, count(*) AS articles
FROM out_co_mentions
WHERE reported_at >= $since::TIMESTAMP AND ($entity IS NULL OR entity_a = $entity OR entity_b = $entity)
GROUP BY ALL
ORDER BY articles DESC, entity_a, entity_b
LIMIT $limit::INTEGER;
