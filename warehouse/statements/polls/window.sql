-- Purpose: between which times the articles of this batch were seen before; the next step reads only that window.
SELECT min(first_seen_at), max(first_seen_at) FROM raw_sightings
WHERE article_key IN (SELECT article_key FROM stage_sightings);
