-- Purpose: what runs that work side by side need to know of each other, and what was already said of the news.

CREATE TABLE core_feed_leases (
    feed_id VARCHAR NOT NULL, leased_until TIMESTAMP NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_feed_leases IS 'Feeds being polled at this moment, so that no two runs poll the same one';
COMMENT ON COLUMN core_feed_leases.feed_id IS 'Feed: core_feeds.feed_id';
COMMENT ON COLUMN core_feed_leases.leased_until IS 'When others may poll it although nothing was heard of its run';
COMMENT ON COLUMN core_feed_leases.run_id IS 'Run that polls it: core_runs.run_id';

CREATE TABLE core_signals (
    signal_id VARCHAR NOT NULL, signal VARCHAR NOT NULL, subject VARCHAR NOT NULL, happened_at TIMESTAMP NOT NULL,
    details VARCHAR NOT NULL, detected_at TIMESTAMP NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_signals IS 'What people were told of: spikes and changed claims, each once';
COMMENT ON COLUMN core_signals.signal_id IS 'Hash of signal, subject and happened_at';
COMMENT ON COLUMN core_signals.signal IS 'What it is: spike.detected or event.changed';
COMMENT ON COLUMN core_signals.subject IS 'What it is about: a pair and kind, or an article';
COMMENT ON COLUMN core_signals.happened_at IS 'Day of the spike, or time of the changed text';
COMMENT ON COLUMN core_signals.details IS 'The payload of its event, as JSON';
COMMENT ON COLUMN core_signals.detected_at IS 'When it was found';
COMMENT ON COLUMN core_signals.run_id IS 'Run that found it: core_runs.run_id';
