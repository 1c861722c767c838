-- Purpose: the versions claimed with their texts. Parameters: first_no, last_no (bounds of body_no).
SELECT v.article_id, v.version, v.url, v.feed_id, v.outlet, v.country, v.title, b.text, v.published_at, v.fetched_at,
       v.language, v.authors, v.text_hash, v.body_source, v.archive_file, v.archive_offset
FROM stage_versions v JOIN bodies.core_article_bodies b ON b.body_no = v.body_no
WHERE b.body_no BETWEEN $first_no AND $last_no
ORDER BY v.body_no DESC;
