-- Purpose: which analyses are new, and which one each article shows after them.
-- Parameters: since, until (bounds of analysed_at), first_no, last_no (bounds of body_no), now.
-- An article shows its newest text; of that the active engine's reading where there is one, else the first.
CREATE OR REPLACE TEMP TABLE stage_known AS
SELECT article_id, article_version, engine_version, analysed_at, is_current FROM core_analyses
WHERE analysed_at BETWEEN $since AND $until AND article_key IN (SELECT article_key FROM stage_claimed);
CREATE OR REPLACE TEMP TABLE stage_analyses AS
SELECT c.article_id, c.article_key, c.version AS article_version, c.engine_version, c.row_no, v.outlet, v.country,
       v.title, v.url,
       v.published_at, coalesce(v.published_at, v.fetched_at) AS reported_at, b.text, v.text_length
FROM stage_claimed c
JOIN stage_versions v ON v.article_id = c.article_id AND v.version = c.version
LEFT JOIN (FROM bodies.core_article_bodies WHERE body_no BETWEEN $first_no AND $last_no) b ON b.body_no = v.body_no
ANTI JOIN stage_known k ON k.article_id = c.article_id AND k.article_version = c.version
    AND k.engine_version = c.engine_version;
CREATE OR REPLACE TEMP TABLE stage_shown AS
WITH candidates AS (
    SELECT article_id, article_version, engine_version, analysed_at, is_current FROM stage_known
    UNION ALL
    SELECT article_id, article_version, engine_version, $now, false FROM stage_analyses
)
SELECT c.article_id, c.article_version, c.engine_version, c.is_current,
       row_number() OVER (
           PARTITION BY c.article_id
           ORDER BY c.article_version DESC, coalesce(e.is_active, false) DESC, c.is_current DESC, c.analysed_at,
                    c.engine_version
       ) = 1 AS shown
FROM candidates c LEFT JOIN core_engines e USING (engine_version);
