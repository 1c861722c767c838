-- Purpose: record the start of a run. Parameters: run_id, flow, now.
INSERT INTO core_runs VALUES ($run_id, $flow, $now, NULL, 'running', '{}');
