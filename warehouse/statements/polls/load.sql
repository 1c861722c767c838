-- Purpose: store what polls brought: entries, sightings, work, states, events. Parameters: run_id, now.
CREATE OR REPLACE TEMP TABLE stage_new AS
SELECT s.*, s.article_id NOT IN (SELECT article_id FROM stage_known) AS is_new_article
FROM stage_sightings s ANTI JOIN stage_known k ON k.feed_id = s.feed_id AND k.entry_id = s.entry_id;
INSERT INTO raw_entries BY NAME
SELECT entry_id, article_id, guid, link, title, left(summary, 1000) AS summary, authors, published_at, updated_at,
       date_reason, seen_at AS first_seen_at, $run_id AS run_id
FROM stage_new WHERE entry_id NOT IN (SELECT entry_id FROM stage_known)
QUALIFY row_number() OVER (PARTITION BY entry_id ORDER BY seen_at, feed_id) = 1;
INSERT INTO raw_sightings BY NAME
SELECT feed_id, article_id, entry_id, url, article_key, seen_at AS first_seen_at, $run_id AS run_id FROM stage_new;
INSERT INTO core_work_queue BY NAME
SELECT 'fetch' AS stage, article_id, 0 AS version, '' AS engine_version, feed_id, url, entry, 0 AS attempts,
       $now AS next_at, $now AS queued_at, $run_id AS run_id
FROM stage_new WHERE is_new_article
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY seen_at, feed_id, row_no) = 1;

CREATE OR REPLACE TEMP TABLE stage_states AS
SELECT i.* EXCLUDE (row_no, polled_at)
FROM incoming_states i LEFT JOIN core_feed_states s USING (feed_id)
WHERE s.last_polled_at IS NULL OR i.polled_at >= s.last_polled_at
QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY i.polled_at DESC, row_no DESC) = 1;
DELETE FROM core_feed_states WHERE feed_id IN (SELECT feed_id FROM stage_states);
INSERT INTO core_feed_states BY NAME SELECT *, $run_id AS run_id FROM stage_states;

INSERT INTO raw_feed_events BY NAME
SELECT i.* EXCLUDE (row_no), $run_id AS run_id
FROM (FROM incoming_events QUALIFY row_number() OVER (PARTITION BY feed_id, polled_at ORDER BY row_no DESC) = 1) i
ANTI JOIN raw_feed_events e ON e.feed_id = i.feed_id AND e.polled_at = i.polled_at;
DELETE FROM raw_feed_events WHERE (feed_id, polled_at) IN (
    SELECT (feed_id, polled_at) FROM raw_feed_events WHERE feed_id IN (SELECT feed_id FROM incoming_events)
    QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY polled_at DESC) > 30
);

DELETE FROM core_feed_leases WHERE feed_id IN (SELECT feed_id FROM incoming_states);
