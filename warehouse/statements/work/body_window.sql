-- Purpose: between which numbers their texts are. Reads stage_versions.
SELECT min(body_no), max(body_no) FROM stage_versions;
