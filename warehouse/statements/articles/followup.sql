-- Purpose: plan the next look at each page, and note pages that went or came back. Parameters: run_id, now.
UPDATE core_work_queue q
SET version = r.visit, attempts = 0, next_at = r.next_at, leased_until = NULL, last_error = NULL, etag = r.etag,
    last_modified = r.last_modified, run_id = $run_id
FROM (FROM incoming_revisits QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY row_no DESC) = 1) r
WHERE q.stage = 'fetch' AND q.article_id = r.article_id;
UPDATE core_deletions SET restored_at = $now
WHERE restored_at IS NULL AND article_id IN (SELECT id FROM incoming_ids)
  AND article_id NOT IN (SELECT article_id FROM incoming_deletions);
INSERT INTO core_deletions BY NAME
SELECT DISTINCT i.article_id, i.reason, $now AS deleted_at, $run_id AS run_id
FROM incoming_deletions i
ANTI JOIN (FROM core_deletions WHERE restored_at IS NULL) d ON d.article_id = i.article_id;
