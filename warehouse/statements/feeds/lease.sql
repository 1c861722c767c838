-- Purpose: lease those feeds that no other run is polling. Parameters: now, leased_until, run_id. Reads incoming_ids.
DELETE FROM core_feed_leases WHERE leased_until <= $now;
CREATE OR REPLACE TEMP TABLE stage_leased AS
SELECT DISTINCT id AS feed_id FROM incoming_ids WHERE id NOT IN (SELECT feed_id FROM core_feed_leases);
INSERT INTO core_feed_leases BY NAME SELECT feed_id, $leased_until AS leased_until, $run_id AS run_id FROM stage_leased;
SELECT feed_id FROM stage_leased;
