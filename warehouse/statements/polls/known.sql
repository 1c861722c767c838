-- Purpose: earlier sightings of the articles of this batch. Parameters: since, until (bounds of first_seen_at).
CREATE OR REPLACE TEMP TABLE stage_known AS
SELECT feed_id, article_id, entry_id FROM raw_sightings
WHERE first_seen_at BETWEEN $since AND $until AND article_key IN (SELECT article_key FROM stage_sightings);
