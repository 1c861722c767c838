-- Purpose: store new articles and versions, and pass their work on. Parameters: run_id, now, since, until (bounds of stored_at).
UPDATE core_article_versions SET is_latest = false
WHERE is_latest AND stored_at BETWEEN $since AND $until AND (article_key, version) IN (
    SELECT (k.article_key, k.version) FROM stage_known k JOIN stage_versions v USING (article_key)
    WHERE k.is_latest AND v.is_latest
);
INSERT INTO core_articles BY NAME
SELECT article_id, article_key, url, feed_id, outlet, country, $now AS first_stored_at, $run_id AS run_id
FROM stage_versions WHERE is_first ORDER BY row_no;
INSERT INTO core_article_versions BY NAME
SELECT * EXCLUDE (new_version, is_first, row_no, text, last_fetched_at), new_version AS version,
       length(text) AS text_length, $now AS stored_at, $run_id AS run_id
FROM stage_versions ORDER BY row_no;

DELETE FROM core_work_queue
WHERE stage = 'analyse' AND article_id IN (SELECT article_id FROM stage_versions WHERE is_latest);
INSERT INTO core_work_queue BY NAME
SELECT 'analyse' AS stage, v.article_id, v.new_version AS version, e.engine_version, v.feed_id, v.url, '' AS entry,
       0 AS attempts, $now AS next_at, $now AS queued_at, $now AS stored_at, $run_id AS run_id
FROM stage_versions v, core_engines e
WHERE v.is_latest AND e.retired_at IS NULL;
DELETE FROM core_work_queue
WHERE stage = 'fetch' AND article_id IN (
    SELECT id FROM incoming_ids UNION ALL SELECT article_id FROM incoming_failures WHERE retry_at IS NULL
) AND article_id NOT IN (SELECT article_id FROM incoming_revisits);
UPDATE core_work_queue q
SET attempts = f.attempts, next_at = f.retry_at, leased_until = NULL, last_error = f.error, run_id = $run_id
FROM (FROM incoming_failures QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY row_no DESC) = 1) f
WHERE q.stage = 'fetch' AND q.article_id = f.article_id AND f.retry_at IS NOT NULL;
