-- Purpose: show the analyses of this batch instead of those shown before. Reads stage_shown.
CREATE OR REPLACE TEMP TABLE stage_hidden AS
SELECT article_id, article_version, engine_version FROM stage_shown WHERE is_current AND NOT shown;
UPDATE core_analyses SET is_current = false
WHERE is_current AND (article_id, article_version, engine_version) IN (SELECT (h.*) FROM stage_hidden h);
UPDATE core_claims SET is_current = false
WHERE is_current AND (article_id, article_version, engine_version) IN (SELECT (h.*) FROM stage_hidden h);
UPDATE core_mentions SET is_current = false
WHERE is_current AND (article_id, article_version, engine_version) IN (SELECT (h.*) FROM stage_hidden h);
UPDATE core_claim_dyads SET is_current = false
WHERE is_current AND (article_id, article_version, engine_version) IN (SELECT (h.*) FROM stage_hidden h);
