-- Purpose: what the load did: articles analysed first, articles analysed again, analyses known, rows refused.
SELECT (SELECT count(*) FROM stage_analyses WHERE article_id NOT IN (SELECT article_id FROM stage_known)),
       (SELECT count(*) FROM stage_analyses WHERE article_id IN (SELECT article_id FROM stage_known)),
       (SELECT count(*) FROM stage_claimed c JOIN stage_versions v ON v.article_id = c.article_id AND v.version = c.version)
       - (SELECT count(*) FROM stage_analyses),
       (SELECT count(*) FROM stage_refused),
       (SELECT count(*) FROM stage_shown WHERE is_current AND NOT shown);
