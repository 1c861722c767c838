-- Purpose: give leased work back undone. Parameters: stage. Reads incoming_ids.
UPDATE core_work_queue SET leased_until = NULL WHERE stage = $stage AND article_id IN (SELECT id FROM incoming_ids);
