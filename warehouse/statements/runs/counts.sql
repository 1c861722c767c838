-- Purpose: how much of everything there is.
SELECT 'feeds' AS what, count(*) AS n FROM core_feeds WHERE is_active
UNION ALL SELECT 'entries', count(*) FROM raw_entries
UNION ALL SELECT 'sightings', count(*) FROM raw_sightings
UNION ALL SELECT 'articles', count(*) FROM core_articles
UNION ALL SELECT 'versions', count(*) FROM core_article_versions
UNION ALL SELECT 'analyses', count(*) FROM core_analyses
UNION ALL SELECT 'entities', count(*) FROM core_entities
UNION ALL SELECT 'mentions', count(*) FROM core_mentions WHERE is_current
UNION ALL SELECT 'claims', count(*) FROM core_claims WHERE is_current
UNION ALL SELECT 'rejected', count(*) FROM core_rejected
UNION ALL SELECT 'quarantined', count(*) FROM raw_quarantine
UNION ALL SELECT 'runs', count(*) FROM core_runs
UNION ALL SELECT 'to_fetch', count(*) FROM core_work_queue WHERE stage = 'fetch' AND version = 0
UNION ALL SELECT 'to_revisit', count(*) FROM core_work_queue WHERE stage = 'fetch' AND version > 0
UNION ALL SELECT 'deleted', count(*) FROM core_deletions WHERE restored_at IS NULL
UNION ALL SELECT 'to_analyse', count(*) FROM core_work_queue WHERE stage = 'analyse';
