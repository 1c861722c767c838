-- Purpose: the versions claimed. Parameters: since, until (bounds of stored_at).
CREATE OR REPLACE TEMP TABLE stage_versions AS
SELECT v.* FROM core_article_versions v JOIN stage_claimed c ON c.article_id = v.article_id AND c.version = v.version
WHERE v.stored_at BETWEEN $since AND $until;
