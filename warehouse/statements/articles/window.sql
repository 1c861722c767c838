-- Purpose: between which times versions of these articles were stored; the next step reads only that window.
SELECT min(stored_at), max(stored_at) FROM core_article_versions
WHERE article_key IN (SELECT article_key FROM stage_articles);
