-- Purpose: the newest title and text of these articles. Reads incoming_ids.
SELECT v.article_id, v.title, v.text_hash, b.text
FROM core_article_versions v JOIN bodies.core_article_bodies b ON b.body_no = v.body_no
WHERE v.is_latest AND v.article_key IN (SELECT md5_number_lower(id) FROM incoming_ids);
