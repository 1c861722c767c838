-- Purpose: what was not accepted, for each reason and feed, rows refused by the warehouse included.
CREATE OR REPLACE VIEW out_rejected AS
SELECT stage, reason, feed_id, count(*) AS items, max(first_rejected_at) AS last_rejected_at,
       any_value(subject) AS example
FROM core_rejected GROUP BY ALL
UNION ALL
SELECT 'load', reason, table_name, count(*), max(quarantined_at), left(any_value(payload), 200)
FROM raw_quarantine GROUP BY ALL;
