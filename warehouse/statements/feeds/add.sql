-- Purpose: make a place known that is looked at once, and not polled. Parameters: now. Reads incoming_sources.
INSERT INTO core_feeds BY NAME
SELECT * EXCLUDE (row_no), false AS is_active, $now AS first_seen_at, $now AS updated_at
FROM incoming_sources WHERE feed_id NOT IN (SELECT feed_id FROM core_feeds);
