-- Purpose: the texts of articles for a reader who has the bodies file attached.
CREATE TEMP VIEW out_article_texts AS
SELECT v.article_id, v.version, v.is_latest, v.title, b.text
FROM core_article_versions v JOIN bodies.core_article_bodies b ON b.body_no = v.body_no;
