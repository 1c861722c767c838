-- Purpose: what is known of an engine version. Parameters: engine_version.
SELECT is_active, retired_at FROM core_engines WHERE engine_version = $engine_version;
