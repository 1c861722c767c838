-- Purpose: whether nothing in this batch can have been analysed before: first texts, all queued, for the only engine.
SELECT count(*) FILTER (version > 1 OR stored_at IS NULL) = 0 AND (SELECT count(*) FROM core_engines) = 1
FROM stage_claimed;
