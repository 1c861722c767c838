-- Purpose: every article with its newest title and what the shown analysis found in it.
CREATE OR REPLACE VIEW out_articles AS
SELECT v.article_id, v.version, v.url, v.outlet, v.country, v.title, v.published_at, v.fetched_at, v.language,
       v.authors, v.text_length, v.body_source, coalesce(a.claims, 0) AS claims, coalesce(a.mentions, 0) AS mentions,
       a.engine_version, v.feed_id, v.archive_file, v.archive_offset,
       v.change_summary, v.words_added, v.words_removed, v.changed_share, d.deleted_at
FROM core_article_versions v
LEFT JOIN core_analyses a ON a.article_id = v.article_id AND a.article_version = v.version AND a.is_current
LEFT JOIN (FROM core_deletions WHERE restored_at IS NULL) d ON d.article_id = v.article_id
WHERE v.is_latest;
