-- Purpose: keep what was not accepted, once for each thing and reason. Parameters: run_id, now. Reads incoming_rejected.
INSERT INTO core_rejected BY NAME
SELECT i.* EXCLUDE (row_no), $now AS first_rejected_at, $run_id AS run_id
FROM (FROM incoming_rejected QUALIFY row_number() OVER (PARTITION BY rejected_id ORDER BY row_no) = 1) i
ANTI JOIN core_rejected r ON r.rejected_id = i.rejected_id;
