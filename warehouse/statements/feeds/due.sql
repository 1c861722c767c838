-- Purpose: the feeds to poll now, the longest due first. Parameters: now.
SELECT f.feed_id, f.url AS source_url, f.outlet, f.country, f.owner, f.language, s.* EXCLUDE (feed_id, run_id)
FROM core_feeds f LEFT JOIN core_feed_states s USING (feed_id)
WHERE f.is_active AND NOT coalesce(s.is_muted, false) AND (s.next_poll_at IS NULL OR s.next_poll_at <= $now)
ORDER BY s.next_poll_at NULLS FIRST, f.feed_id;
