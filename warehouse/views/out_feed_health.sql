-- Purpose: how each feed fares: its last polls, what it brought, why it may be silent.
CREATE OR REPLACE VIEW out_feed_health AS
SELECT f.feed_id, f.outlet, f.country, f.url, f.is_active, coalesce(s.is_muted, false) AS is_muted,
       coalesce(s.outcome, 'never_polled') AS outcome, s.failures, s.last_polled_at, s.last_success_at,
       s.last_new_entry_at, s.next_poll_at, s.interval_minutes, e.polls, e.failed_polls, e.last_detail,
       coalesce(r.rejected, 0) AS rejected, h.state AS hub_state, h.expires_at AS pushed_until
FROM core_feeds f
LEFT JOIN core_feed_states s ON s.feed_id = f.feed_id
LEFT JOIN (
    SELECT feed_id, count(*) AS polls, count(*) FILTER (outcome NOT IN ('ok', 'not_modified', 'same_body', 'pushed', 'pinged')) AS failed_polls,
           arg_max(detail, polled_at) AS last_detail
    FROM raw_feed_events GROUP BY feed_id
) e ON e.feed_id = f.feed_id
LEFT JOIN core_subscriptions h ON h.feed_id = f.feed_id
LEFT JOIN (SELECT feed_id, count(*) AS rejected FROM core_rejected GROUP BY feed_id) r ON r.feed_id = f.feed_id;
