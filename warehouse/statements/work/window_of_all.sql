-- Purpose: between which times the versions claimed were stored, for those that were not queued.
SELECT min(stored_at), max(stored_at) FROM core_article_versions
WHERE article_key IN (SELECT article_key FROM stage_claimed);
