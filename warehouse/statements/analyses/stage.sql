-- Purpose: the analyses of this batch, each once, with the keys for lookups. Reads incoming_analyses.
CREATE OR REPLACE TEMP TABLE stage_claimed AS
SELECT i.article_id, i.article_version AS version, i.engine_version, i.row_no, q.stored_at,
       md5_number_lower(i.article_id) AS article_key
FROM incoming_analyses i
LEFT JOIN core_work_queue q
       ON q.stage = 'analyse' AND q.article_id = i.article_id AND q.version = i.article_version
      AND q.engine_version = i.engine_version
QUALIFY row_number() OVER (PARTITION BY i.article_id, i.article_version, i.engine_version ORDER BY i.row_no) = 1;
