-- Purpose: sightings of this batch, each entry of each feed once. Reads incoming_sightings.
CREATE OR REPLACE TEMP TABLE stage_refused AS
SELECT 'raw_sightings' AS table_name, reason, to_json(s)::VARCHAR AS payload
FROM (
    SELECT i.*, CASE
        WHEN coalesce(article_id, '') = '' THEN 'no_article_id'
        WHEN coalesce(url, '') = '' THEN 'no_url'
        WHEN coalesce(feed_id, '') = '' THEN 'no_feed_id'
        WHEN title IS NULL THEN 'no_title'
        WHEN seen_at IS NULL THEN 'no_time'
    END AS reason
    FROM incoming_sightings i
) s
WHERE reason IS NOT NULL
UNION ALL BY NAME SELECT * EXCLUDE (row_no) FROM incoming_refused;
CREATE OR REPLACE TEMP TABLE stage_sightings AS
SELECT *, md5_number_lower(article_id) AS article_key
FROM incoming_sightings
WHERE article_id <> '' AND url <> '' AND feed_id <> '' AND title IS NOT NULL AND seen_at IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY feed_id, entry_id ORDER BY seen_at) = 1;
