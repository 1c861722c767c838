-- Purpose: what the load did: new articles, changed entries, entries seen before, rows refused.
SELECT (SELECT count(DISTINCT article_id) FROM stage_new WHERE is_new_article),
       (SELECT count(*) FROM stage_new WHERE NOT is_new_article),
       (SELECT count(*) FROM stage_sightings) - (SELECT count(*) FROM stage_new),
       (SELECT count(*) FROM stage_refused);
