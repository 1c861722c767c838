-- Who and what is named most
-- :param since = 90 days ago -- first day
-- :param label = null -- PERS, LOC, ORG or MISC
-- :param limit = 30 -- rows
WITH counted AS (
    SELECT entity_id, label, count(*) AS mentions
    FROM core_mentions
    WHERE is_current AND entity_id IS NOT NULL AND reported_at >= $since::TIMESTAMP AND ($label IS NULL OR label = $label)
    GROUP BY entity_id, label
    ORDER BY mentions DESC, entity_id
    LIMIT $limit::INTEGER
)
SELECT c.entity_id, e.name_ar, e.name_en, c.label, e.country, c.mentions
FROM counted c LEFT JOIN core_entities e ON e.entity_id = c.entity_id
ORDER BY c.mentions DESC, c.entity_id;
