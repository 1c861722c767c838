-- Purpose: what the last two versions that an engine read of each article said. Parameters: engine_version. Reads incoming_ids.
WITH read AS (
    SELECT article_id, article_version,
           row_number() OVER (PARTITION BY article_id ORDER BY article_version DESC) AS age
    FROM core_analyses WHERE engine_version = $engine_version AND article_id IN (SELECT id FROM incoming_ids)
    QUALIFY age <= 2 AND count(*) OVER (PARTITION BY article_id) > 1
)
SELECT r.article_id, r.age = 1 AS is_newer, v.url, v.outlet, v.fetched_at, c.kind, c.supplier, c.recipient, c.participants,
       c.status, c.items
FROM read r
JOIN core_article_versions v ON v.article_id = r.article_id AND v.version = r.article_version
LEFT JOIN core_claims c ON c.article_id = r.article_id AND c.article_version = r.article_version
    AND c.engine_version = $engine_version
ORDER BY ALL;
