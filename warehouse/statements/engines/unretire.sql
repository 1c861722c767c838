-- Purpose: take a retired engine version into service again: what follows queues its work. Parameters: engine_version.
DELETE FROM core_engines WHERE engine_version = $engine_version AND retired_at IS NOT NULL;
