-- Purpose: decide which texts are new versions. Parameters: since, until (bounds of stored_at), first_body_no.
-- A text is nothing new when it equals the text before it, or was stored before and is not newer than the newest.
CREATE OR REPLACE TEMP TABLE stage_known AS
SELECT article_key, version, text_key, fetched_at, is_latest FROM core_article_versions
WHERE stored_at BETWEEN $since AND $until AND article_key IN (SELECT article_key FROM stage_articles);
CREATE OR REPLACE TEMP TABLE stage_versions AS
WITH newest AS (
    SELECT article_key, max(version) AS last_version, max(fetched_at) AS last_fetched_at,
           first(text_key ORDER BY fetched_at DESC, version DESC) AS last_key
    FROM stage_known GROUP BY article_key
), ordered AS (
    SELECT s.*, n.last_version, n.last_fetched_at,
           lag(s.text_key, 1, n.last_key) OVER (PARTITION BY s.article_id ORDER BY s.fetched_at, s.row_no) AS key_before
    FROM stage_articles s LEFT JOIN newest n USING (article_key)
), fresh AS (
    SELECT * FROM ordered
    WHERE text_key IS DISTINCT FROM key_before
      AND (last_fetched_at IS NULL OR fetched_at > last_fetched_at
           OR (article_key, text_key) NOT IN (SELECT (article_key, text_key) FROM stage_known))
)
SELECT * EXCLUDE (last_version, key_before),
       coalesce(last_version, 0) + row_number() OVER (PARTITION BY article_id ORDER BY fetched_at, row_no) AS new_version,
       $first_body_no + row_number() OVER (ORDER BY row_no) - 1 AS body_no,
       last_version IS NULL AND row_number() OVER (PARTITION BY article_id ORDER BY fetched_at, row_no) = 1 AS is_first,
       (last_fetched_at IS NULL OR fetched_at >= last_fetched_at)
       AND row_number() OVER (PARTITION BY article_id ORDER BY fetched_at DESC, row_no DESC) = 1 AS is_latest
FROM fresh;
