-- Purpose: between which times these articles were analysed before; the next step reads only that window.
SELECT min(analysed_at), max(analysed_at) FROM core_analyses
WHERE article_key IN (SELECT article_key FROM stage_claimed);
