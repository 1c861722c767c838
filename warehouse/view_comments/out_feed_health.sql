-- Purpose: the meaning of those columns of out_feed_health that no table explains.
COMMENT ON COLUMN out_feed_health.polls IS 'Polls remembered, 30 at most';
COMMENT ON COLUMN out_feed_health.failed_polls IS 'Those of them that brought no answer to use';
COMMENT ON COLUMN out_feed_health.last_detail IS 'Detail of the last poll';
COMMENT ON COLUMN out_feed_health.rejected IS 'Things of this feed that were not accepted';
COMMENT ON COLUMN out_feed_health.hub_state IS 'Whether a hub delivers it (WebSub): offered, asked, active, denied, failed; null: it names no hub';
COMMENT ON COLUMN out_feed_health.pushed_until IS 'End of the lease with its hub';
