-- Purpose: keep the signals that were not given before, and tell which these are. Parameters: now, run_id. Reads incoming_signals.
CREATE OR REPLACE TEMP TABLE stage_signals AS
SELECT DISTINCT ON (signal_id) * EXCLUDE (row_no) FROM incoming_signals
WHERE signal_id NOT IN (SELECT signal_id FROM core_signals);
INSERT INTO core_signals BY NAME SELECT *, $now AS detected_at, $run_id AS run_id FROM stage_signals;
SELECT signal_id FROM stage_signals;
