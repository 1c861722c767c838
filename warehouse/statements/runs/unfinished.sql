-- Purpose: the runs that have not said that they ended.
SELECT run_id FROM core_runs WHERE finished_at IS NULL;
