-- Purpose: between which times the versions claimed were stored; the next step reads only that window.
-- The queue knows it; the whole table is read only for versions that were not queued.
SELECT min(stored_at), max(stored_at), count(*) FILTER (stored_at IS NULL) FROM stage_claimed;
