-- Purpose: make core_feeds equal to the configured feeds; a feed that is configured no more stays, inactive.
-- Parameters: now. Reads incoming_sources.
CREATE OR REPLACE TEMP TABLE stage_feeds AS
SELECT i.* EXCLUDE (row_no), coalesce(f.first_seen_at, $now) AS first_seen_at
FROM (FROM incoming_sources QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY row_no DESC) = 1) i
LEFT JOIN core_feeds f USING (feed_id)
WHERE f.feed_id IS NULL OR NOT f.is_active
   OR (i.url, i.outlet, i.country, i.owner, i.language) IS DISTINCT FROM (f.url, f.outlet, f.country, f.owner, f.language);
UPDATE core_feeds SET is_active = false, updated_at = $now
WHERE is_active AND feed_id NOT IN (SELECT feed_id FROM incoming_sources);
DELETE FROM core_feeds WHERE feed_id IN (SELECT feed_id FROM stage_feeds);
INSERT INTO core_feeds BY NAME SELECT *, true AS is_active, $now AS updated_at FROM stage_feeds;
