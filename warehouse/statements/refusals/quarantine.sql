-- Purpose: keep refused rows whole, each once. Parameters: run_id, now. Reads stage_refused.
INSERT INTO raw_quarantine BY NAME
SELECT *, $now AS quarantined_at, $run_id AS run_id
FROM (SELECT DISTINCT *, md5(table_name || chr(31) || reason || chr(31) || payload) AS quarantine_id FROM stage_refused) s
ANTI JOIN raw_quarantine q ON q.quarantine_id = s.quarantine_id;
