-- Purpose: end runs whose process is gone, or which are stopping, and free what they had leased. A lease that a death
-- freed counts as an attempt when it is taken again; one that was given back does not.
-- Parameters: now, state, is_death. Reads incoming_ids.
DELETE FROM core_feed_leases WHERE run_id IN (SELECT id FROM incoming_ids);
UPDATE core_work_queue SET leased_until = CASE WHEN $is_death THEN $now END
WHERE leased_until > $now AND run_id IN (SELECT id FROM incoming_ids);
UPDATE core_runs SET state = $state, finished_at = $now
WHERE finished_at IS NULL AND run_id IN (SELECT id FROM incoming_ids);
