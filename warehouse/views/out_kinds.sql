-- Purpose: claims for each kind and status.
CREATE OR REPLACE VIEW out_kinds AS
SELECT kind, status, count(*) AS claims FROM core_claims WHERE is_current GROUP BY ALL;
