-- Purpose: every subscription of a feed that is configured.
SELECT s.* EXCLUDE (updated_at) FROM core_subscriptions s JOIN core_feeds f ON f.feed_id = s.feed_id
WHERE f.is_active ORDER BY s.feed_id;
