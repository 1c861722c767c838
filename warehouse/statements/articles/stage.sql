-- Purpose: the articles of this batch that obey the rules, each text of each article once. Reads incoming_articles.
CREATE OR REPLACE TEMP TABLE stage_checked AS
SELECT *, CASE
    WHEN coalesce(article_id, '') = '' THEN 'no_article_id'
    WHEN coalesce(url, '') = '' THEN 'no_url'
    WHEN coalesce(text, '') = '' THEN 'no_text'
    WHEN coalesce(text_hash, '') = '' THEN 'no_text_hash'
    WHEN fetched_at IS NULL THEN 'no_time'
    WHEN feed_id IS NULL OR outlet IS NULL OR country IS NULL OR title IS NULL THEN 'no_source_or_title'
    WHEN body_source NOT IN ('page', 'feed') THEN 'bad_body_source'
END AS refusal
FROM incoming_articles;
CREATE OR REPLACE TEMP TABLE stage_refused AS
SELECT 'core_articles' AS table_name, refusal AS reason, to_json(c)::VARCHAR AS payload
FROM stage_checked c WHERE refusal IS NOT NULL
UNION ALL BY NAME SELECT * EXCLUDE (row_no) FROM incoming_refused;
CREATE OR REPLACE TEMP TABLE stage_articles AS
SELECT * EXCLUDE (refusal), md5_number_lower(article_id) AS article_key,
       md5_number_lower(text_hash) AS text_key
FROM stage_checked WHERE refusal IS NULL
QUALIFY row_number() OVER (PARTITION BY article_id, text_hash, fetched_at ORDER BY row_no) = 1;
