-- Purpose: end work whose workers died again and again, as a page that kills its reader does.
-- Parameters: stage, max_deaths, now, run_id.
CREATE OR REPLACE TEMP TABLE stage_dead AS
SELECT stage, article_id, version, engine_version, feed_id, url FROM core_work_queue
WHERE stage = $stage AND leased_until <= $now AND attempts + 1 >= $max_deaths;
INSERT INTO core_rejected BY NAME
SELECT md5(concat_ws(chr(31), stage, article_id, version, engine_version, 'worker_died')) AS rejected_id, stage, feed_id,
       article_id, url AS subject, 'worker_died' AS reason, engine_version AS detail, $now AS first_rejected_at,
       $run_id AS run_id
FROM stage_dead;
DELETE FROM core_work_queue
WHERE stage = $stage AND (article_id, version, engine_version) IN (
    SELECT (article_id, version, engine_version) FROM stage_dead
);
