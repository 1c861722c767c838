-- Purpose: what the load did: new articles, further versions, texts already known, rows refused.
SELECT (SELECT count(*) FROM stage_versions WHERE is_first),
       (SELECT count(*) FROM stage_versions WHERE NOT is_first),
       (SELECT count(*) FROM incoming_articles) - (SELECT count(*) FROM stage_versions)
       - (SELECT count(*) FROM stage_refused WHERE table_name = 'core_articles'),
       (SELECT count(*) FROM stage_refused);
