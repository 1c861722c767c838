-- Purpose: make an engine version known, active when it is the first, and queue the archive for it.
-- Parameters: engine_version, now, run_id.
INSERT INTO core_engines
SELECT $engine_version, $now, first, CASE WHEN first THEN $now END, NULL
FROM (SELECT NOT exists(FROM core_engines) AS first);
INSERT INTO core_work_queue BY NAME
SELECT 'analyse' AS stage, v.article_id, v.version, $engine_version AS engine_version, v.feed_id, v.url, '' AS entry,
       0 AS attempts, $now AS next_at, $now AS queued_at, v.stored_at, $run_id AS run_id
FROM core_article_versions v
ANTI JOIN (FROM core_analyses WHERE engine_version = $engine_version) a
       ON a.article_key = v.article_key AND a.article_version = v.version
WHERE v.is_latest;
