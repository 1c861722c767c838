-- Purpose: how many articles wait for an engine version. Parameters: engine_version.
SELECT count(*) FROM core_work_queue WHERE stage = 'analyse' AND engine_version = $engine_version;
