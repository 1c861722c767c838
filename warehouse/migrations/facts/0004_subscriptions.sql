-- Purpose: feeds that a hub delivers (WebSub): what was asked of it, until when it promised, and what it missed.
-- Neither the secret nor the callback's full address is here: both are derived from a key beside the pipeline's own
-- file, because this table is published.

CREATE TABLE core_subscriptions (
    feed_id VARCHAR NOT NULL, hub VARCHAR NOT NULL, topic VARCHAR NOT NULL, callback VARCHAR NOT NULL,
    state VARCHAR NOT NULL, asked_at TIMESTAMP, expires_at TIMESTAMP, missed INTEGER NOT NULL, detail VARCHAR NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE core_subscriptions IS 'Feeds that name a hub which delivers what is new (WebSub)';
COMMENT ON COLUMN core_subscriptions.feed_id IS 'Feed: core_feeds.feed_id';
COMMENT ON COLUMN core_subscriptions.hub IS 'Address of the hub';
COMMENT ON COLUMN core_subscriptions.topic IS 'Address under which the hub knows the feed';
COMMENT ON COLUMN core_subscriptions.callback IS 'Address, without its secret last part, that the hub was told; empty: not yet asked';
COMMENT ON COLUMN core_subscriptions.state IS 'offered, asked, active, denied or failed';
COMMENT ON COLUMN core_subscriptions.asked_at IS 'When the hub was last asked';
COMMENT ON COLUMN core_subscriptions.expires_at IS 'End of the lease; null: not verified yet';
COMMENT ON COLUMN core_subscriptions.missed IS 'Entries that a poll found and the hub did not deliver, since it was last verified';
COMMENT ON COLUMN core_subscriptions.detail IS 'What the hub said, where it refused or failed';
COMMENT ON COLUMN core_subscriptions.updated_at IS 'When the row last changed';
