-- Purpose: store the texts of new versions, before the rows that point to them. Reads stage_versions.
INSERT INTO bodies.core_article_bodies BY NAME
SELECT body_no, article_id, text_hash, text FROM stage_versions ORDER BY body_no;
