-- Purpose: pairs of entities named by the same article, each pair once for each article. Restrict reported_at.
CREATE OR REPLACE VIEW out_co_mentions AS
WITH named AS (
    SELECT DISTINCT article_id, reported_at, entity_id FROM core_mentions WHERE is_current AND entity_id IS NOT NULL
)
SELECT a.article_id, a.reported_at, a.entity_id AS entity_a, b.entity_id AS entity_b
FROM named a
JOIN named b ON b.article_id = a.article_id AND b.reported_at = a.reported_at AND b.entity_id > a.entity_id;
