-- One entity by its name: who it is, under which names, and how often
-- :param name = null -- any of its names, or a part of one
-- :param ids = '' -- identifiers that the name is known to stand for, separated by commas
WITH named AS (
    SELECT entity_id FROM core_entities
    WHERE entity_id IN (SELECT unnest(string_split($ids, ',')))
       OR contains(lower(name_en), lower($name)) OR contains(name_ar, $name)
    UNION
    SELECT entity_id FROM core_mentions WHERE is_current AND text = $name AND entity_id IS NOT NULL
)
SELECT e.entity_id, any_value(e.label) AS label, any_value(e.kind) AS kind, any_value(e.name_ar) AS name_ar,
       any_value(e.name_en) AS name_en, any_value(e.country) AS country, count(m.text) AS mentions,
       count(DISTINCT m.article_id) AS articles, string_agg(DISTINCT m.text, '، ') AS written
FROM named JOIN core_entities e USING (entity_id)
LEFT JOIN core_mentions m ON m.entity_id = e.entity_id AND m.is_current
GROUP BY e.entity_id
ORDER BY mentions DESC, e.entity_id;
