-- Purpose: where articles came from: the first sighting of each, with its entry and its feed, and the time of the
-- newest text. Reads incoming_ids.
WITH first_seen AS (
    SELECT article_id, entry_id, feed_id, url FROM raw_sightings
    WHERE article_key IN (SELECT md5_number_lower(id) FROM incoming_ids)
    QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY first_seen_at, feed_id, entry_id) = 1
)
SELECT s.article_id, s.url, e.guid, e.link, e.title, e.summary, e.published_at, e.updated_at, e.date_reason, e.authors,
       f.feed_id, f.url AS source_url, f.outlet, f.country, f.owner, f.language, v.fetched_at
FROM first_seen s
JOIN raw_entries e ON e.entry_id = s.entry_id
JOIN core_feeds f ON f.feed_id = s.feed_id
LEFT JOIN core_article_versions v
       ON v.is_latest AND v.article_key = md5_number_lower(s.article_id) AND v.article_id = s.article_id;
