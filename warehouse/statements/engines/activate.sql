-- Purpose: show the rows of another engine version from now on. Parameters: engine_version, now.
-- Each article shows its newest text, of that the active engine's reading where there is one.
UPDATE core_engines
SET is_active = (engine_version = $engine_version),
    activated_at = CASE WHEN engine_version = $engine_version THEN $now ELSE activated_at END,
    retired_at = CASE WHEN engine_version = $engine_version THEN NULL
                      WHEN is_active THEN $now ELSE retired_at END;
CREATE OR REPLACE TEMP TABLE stage_shown AS
SELECT article_id, article_version, engine_version,
       row_number() OVER (
           PARTITION BY article_key
           ORDER BY article_version DESC, engine_version = $engine_version DESC, is_current DESC, analysed_at
       ) = 1 AS shown,
       is_current
FROM core_analyses;
DELETE FROM stage_shown WHERE shown = is_current;
UPDATE core_analyses t SET is_current = s.shown FROM stage_shown s
WHERE t.article_id = s.article_id AND t.article_version = s.article_version AND t.engine_version = s.engine_version;
UPDATE core_claims t SET is_current = s.shown FROM stage_shown s
WHERE t.article_id = s.article_id AND t.article_version = s.article_version AND t.engine_version = s.engine_version;
UPDATE core_mentions t SET is_current = s.shown FROM stage_shown s
WHERE t.article_id = s.article_id AND t.article_version = s.article_version AND t.engine_version = s.engine_version;
UPDATE core_claim_dyads t SET is_current = s.shown FROM stage_shown s
WHERE t.article_id = s.article_id AND t.article_version = s.article_version AND t.engine_version = s.engine_version;
DELETE FROM core_work_queue
WHERE stage = 'analyse' AND engine_version IN (SELECT engine_version FROM core_engines WHERE retired_at IS NOT NULL);
