-- Purpose: which of these articles were sighted or stored before. Reads incoming_ids.
WITH ids AS (SELECT id, md5_number_lower(id) AS key FROM incoming_ids)
SELECT id FROM ids WHERE key IN (SELECT article_key FROM raw_sightings WHERE article_key IN (SELECT key FROM ids))
UNION
SELECT id FROM ids WHERE key IN (SELECT article_key FROM core_articles WHERE article_key IN (SELECT key FROM ids));
