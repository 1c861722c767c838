-- Purpose: who gives what to whom, with the number of claims and of outlets, and when first and last reported.
CREATE OR REPLACE VIEW out_suppliers AS
SELECT supplier, recipient, kind, status, count(*) AS claims, count(DISTINCT outlet) AS outlets,
       min(reported_at) AS first_reported_at, max(reported_at) AS last_reported_at
FROM core_claims WHERE is_current AND (supplier IS NOT NULL OR recipient IS NOT NULL)
GROUP BY ALL;
