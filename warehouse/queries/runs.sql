-- The last runs of the pipeline
-- :param limit = 20 -- rows
SELECT * FROM core_runs ORDER BY started_at DESC, run_id DESC LIMIT $limit::INTEGER;
