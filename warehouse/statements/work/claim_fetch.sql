-- Purpose: lease articles to fetch, new pages before those seen already, spread over feeds, oldest first. A lease that ran out counts as an attempt.
-- Parameters: limit, now, leased_until, run_id, only (articles to choose from; null: all).
CREATE OR REPLACE TEMP TABLE stage_claimed AS
SELECT article_id, version, queued_at,
       row_number() OVER (PARTITION BY feed_id ORDER BY version > 0, attempts, queued_at, article_id) AS turn
FROM core_work_queue
WHERE stage = 'fetch' AND next_at <= $now AND (leased_until IS NULL OR leased_until <= $now)
  AND ($only::VARCHAR[] IS NULL OR list_contains($only::VARCHAR[], article_id))
ORDER BY version > 0, turn, queued_at, article_id
LIMIT $limit;
UPDATE core_work_queue
SET attempts = attempts + (leased_until IS NOT NULL)::INTEGER, leased_until = $leased_until, run_id = $run_id
WHERE stage = 'fetch' AND article_id IN (SELECT article_id FROM stage_claimed);
SELECT q.article_id, q.url, q.entry, q.attempts, q.version AS visit, q.etag, q.last_modified, f.feed_id, f.url AS source_url, f.outlet, f.country, f.owner, f.language
FROM stage_claimed c
JOIN core_work_queue q ON q.stage = 'fetch' AND q.article_id = c.article_id
JOIN core_feeds f ON f.feed_id = q.feed_id
ORDER BY c.version > 0, c.turn, c.queued_at, c.article_id;
