-- Purpose: record the end of a run. Parameters: run_id, state, counts, now.
UPDATE core_runs SET state = $state, counts = $counts, finished_at = $now WHERE run_id = $run_id;
