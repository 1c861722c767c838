-- Purpose: lease articles to analyse, newest first. A lease that ran out counts as an attempt.
-- Parameters: engine_version, limit, now, leased_until, run_id.
CREATE OR REPLACE TEMP TABLE stage_claimed AS
SELECT article_id, version, md5_number_lower(article_id) AS article_key, queued_at, stored_at
FROM core_work_queue
WHERE stage = 'analyse' AND engine_version = $engine_version
  AND next_at <= $now AND (leased_until IS NULL OR leased_until <= $now)
ORDER BY attempts, queued_at DESC, article_id
LIMIT $limit;
UPDATE core_work_queue
SET attempts = attempts + (leased_until IS NOT NULL)::INTEGER, leased_until = $leased_until, run_id = $run_id
WHERE stage = 'analyse' AND engine_version = $engine_version
  AND article_id IN (SELECT article_id FROM stage_claimed);
