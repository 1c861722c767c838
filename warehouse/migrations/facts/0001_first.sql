-- Purpose: the first schema of the facts file. All times are UTC. Keys ending in _key are md5_number_lower of an id:
-- eight bytes that are quick to look up among millions; ids stay beside them for people.
-- No primary keys and no indexes: they cost more memory and time at ten million rows than the loads themselves.

CREATE TABLE core_feeds (
    feed_id VARCHAR NOT NULL, url VARCHAR NOT NULL, outlet VARCHAR NOT NULL, country VARCHAR NOT NULL,
    owner VARCHAR NOT NULL, language VARCHAR NOT NULL, is_active BOOLEAN NOT NULL,
    first_seen_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE core_feeds IS 'Feeds, as configured; one that left the configuration stays and is inactive';
COMMENT ON COLUMN core_feeds.feed_id IS 'Name of the feed in the configuration';
COMMENT ON COLUMN core_feeds.url IS 'Address of the feed as configured';
COMMENT ON COLUMN core_feeds.outlet IS 'Who publishes it';
COMMENT ON COLUMN core_feeds.country IS 'Country of the outlet, ISO 3166-1 alpha-3';
COMMENT ON COLUMN core_feeds.owner IS 'Who owns the outlet';
COMMENT ON COLUMN core_feeds.language IS 'Language of the feed, ISO 639-1';
COMMENT ON COLUMN core_feeds.is_active IS 'Whether it is in the configuration now';
COMMENT ON COLUMN core_feeds.first_seen_at IS 'When it was first configured';
COMMENT ON COLUMN core_feeds.updated_at IS 'When its row last changed';

CREATE TABLE core_feed_states (
    feed_id VARCHAR NOT NULL, url VARCHAR NOT NULL, etag VARCHAR, last_modified VARCHAR, body_hash VARCHAR,
    interval_minutes DOUBLE NOT NULL, next_poll_at TIMESTAMP, outcome VARCHAR NOT NULL, failures DOUBLE NOT NULL,
    last_polled_at TIMESTAMP, last_success_at TIMESTAMP, last_new_entry_at TIMESTAMP, redirect_url VARCHAR,
    redirect_count INTEGER NOT NULL, is_muted BOOLEAN NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_feed_states IS 'What is remembered of each feed between polls';
COMMENT ON COLUMN core_feed_states.feed_id IS 'Feed: core_feeds.feed_id';
COMMENT ON COLUMN core_feed_states.url IS 'Address polled, which a permanent redirect may have moved';
COMMENT ON COLUMN core_feed_states.etag IS 'Validator, byte for byte as the server sent it';
COMMENT ON COLUMN core_feed_states.last_modified IS 'Validator, byte for byte as the server sent it';
COMMENT ON COLUMN core_feed_states.body_hash IS 'Hash of the last body, for feeds whose validators never change';
COMMENT ON COLUMN core_feed_states.interval_minutes IS 'Minutes between polls at present';
COMMENT ON COLUMN core_feed_states.next_poll_at IS 'When it is due again; null: at once';
COMMENT ON COLUMN core_feed_states.outcome IS 'Outcome of the last poll';
COMMENT ON COLUMN core_feed_states.failures IS 'Failures in a row, discounted by kind';
COMMENT ON COLUMN core_feed_states.last_polled_at IS 'When it was last asked';
COMMENT ON COLUMN core_feed_states.last_success_at IS 'When it last answered well';
COMMENT ON COLUMN core_feed_states.last_new_entry_at IS 'When it last brought something new';
COMMENT ON COLUMN core_feed_states.redirect_url IS 'Where a permanent redirect points';
COMMENT ON COLUMN core_feed_states.redirect_count IS 'How often in a row it pointed there';
COMMENT ON COLUMN core_feed_states.is_muted IS 'Whether polling is given up until someone looks';
COMMENT ON COLUMN core_feed_states.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE raw_feed_events (
    feed_id VARCHAR NOT NULL, polled_at TIMESTAMP NOT NULL, outcome VARCHAR NOT NULL, http_status INTEGER,
    entries INTEGER NOT NULL, new_entries INTEGER NOT NULL, detail VARCHAR NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE raw_feed_events IS 'The last 30 polls of each feed';
COMMENT ON COLUMN raw_feed_events.feed_id IS 'Feed: core_feeds.feed_id';
COMMENT ON COLUMN raw_feed_events.polled_at IS 'When it was asked';
COMMENT ON COLUMN raw_feed_events.outcome IS 'Outcome by name: ok, not_modified, same_body, gone, rate_limited and so on';
COMMENT ON COLUMN raw_feed_events.http_status IS 'HTTP status; null where no answer came';
COMMENT ON COLUMN raw_feed_events.entries IS 'Entries in the answer';
COMMENT ON COLUMN raw_feed_events.new_entries IS 'Entries not seen before';
COMMENT ON COLUMN raw_feed_events.detail IS 'What the outcome name leaves out';
COMMENT ON COLUMN raw_feed_events.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE raw_entries (
    entry_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL, guid VARCHAR, link VARCHAR, title VARCHAR NOT NULL,
    summary VARCHAR NOT NULL, authors VARCHAR[] NOT NULL, published_at TIMESTAMP, updated_at TIMESTAMP,
    date_reason VARCHAR, first_seen_at TIMESTAMP NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE raw_entries IS 'Entries as feeds gave them; one that changed is a further row';
COMMENT ON COLUMN raw_entries.entry_id IS 'Hash of the article and of everything the entry says';
COMMENT ON COLUMN raw_entries.article_id IS 'Article it points to';
COMMENT ON COLUMN raw_entries.guid IS 'Identifier given by the feed';
COMMENT ON COLUMN raw_entries.link IS 'Address given by the feed';
COMMENT ON COLUMN raw_entries.title IS 'Title given by the feed';
COMMENT ON COLUMN raw_entries.summary IS 'Summary given by the feed, its first 1000 characters';
COMMENT ON COLUMN raw_entries.authors IS 'Authors given by the feed';
COMMENT ON COLUMN raw_entries.published_at IS 'Time of publication; null where it could not be read';
COMMENT ON COLUMN raw_entries.updated_at IS 'Time of update given by the feed';
COMMENT ON COLUMN raw_entries.date_reason IS 'Why published_at is null or doubtful';
COMMENT ON COLUMN raw_entries.first_seen_at IS 'When it was first seen';
COMMENT ON COLUMN raw_entries.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE raw_sightings (
    feed_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL, entry_id VARCHAR NOT NULL, url VARCHAR NOT NULL,
    article_key UBIGINT NOT NULL, first_seen_at TIMESTAMP NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE raw_sightings IS 'Which feed showed which entry, and when first';
COMMENT ON COLUMN raw_sightings.feed_id IS 'Feed: core_feeds.feed_id';
COMMENT ON COLUMN raw_sightings.article_id IS 'Hash of url';
COMMENT ON COLUMN raw_sightings.entry_id IS 'Entry: raw_entries.entry_id';
COMMENT ON COLUMN raw_sightings.url IS 'Canonical form of the link of the entry';
COMMENT ON COLUMN raw_sightings.article_key IS 'md5_number_lower(article_id), for lookups';
COMMENT ON COLUMN raw_sightings.first_seen_at IS 'When the feed first showed it';
COMMENT ON COLUMN raw_sightings.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE core_articles (
    article_id VARCHAR NOT NULL, article_key UBIGINT NOT NULL, url VARCHAR NOT NULL, feed_id VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL, country VARCHAR NOT NULL, first_stored_at TIMESTAMP NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_articles IS 'Articles: what stays the same in all their versions';
COMMENT ON COLUMN core_articles.article_id IS 'Hash of url';
COMMENT ON COLUMN core_articles.article_key IS 'md5_number_lower(article_id), for lookups';
COMMENT ON COLUMN core_articles.url IS 'Canonical address';
COMMENT ON COLUMN core_articles.feed_id IS 'Feed that showed it first: core_feeds.feed_id';
COMMENT ON COLUMN core_articles.outlet IS 'Who published it';
COMMENT ON COLUMN core_articles.country IS 'Country of the outlet, ISO 3166-1 alpha-3';
COMMENT ON COLUMN core_articles.first_stored_at IS 'When its first version was stored';
COMMENT ON COLUMN core_articles.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE core_article_versions (
    article_id VARCHAR NOT NULL, article_key UBIGINT NOT NULL, version INTEGER NOT NULL, url VARCHAR NOT NULL,
    feed_id VARCHAR NOT NULL, outlet VARCHAR NOT NULL, country VARCHAR NOT NULL, title VARCHAR NOT NULL,
    published_at TIMESTAMP, fetched_at TIMESTAMP NOT NULL, language VARCHAR, authors VARCHAR[] NOT NULL,
    text_hash VARCHAR NOT NULL, text_key UBIGINT NOT NULL, text_length INTEGER NOT NULL, body_no BIGINT NOT NULL, body_source VARCHAR NOT NULL,
    archive_file VARCHAR, archive_offset BIGINT, stored_at TIMESTAMP NOT NULL, is_latest BOOLEAN NOT NULL,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_article_versions IS 'Each text an article has had; the texts themselves are in the bodies file';
COMMENT ON COLUMN core_article_versions.article_id IS 'Article: core_articles.article_id';
COMMENT ON COLUMN core_article_versions.article_key IS 'md5_number_lower(article_id), for lookups';
COMMENT ON COLUMN core_article_versions.version IS '1 for the first text, one more for each changed text';
COMMENT ON COLUMN core_article_versions.url IS 'Canonical address';
COMMENT ON COLUMN core_article_versions.feed_id IS 'Feed that brought this version: core_feeds.feed_id';
COMMENT ON COLUMN core_article_versions.outlet IS 'Who published it';
COMMENT ON COLUMN core_article_versions.country IS 'Country of the outlet, ISO 3166-1 alpha-3';
COMMENT ON COLUMN core_article_versions.title IS 'Title of the page';
COMMENT ON COLUMN core_article_versions.published_at IS 'Time of publication; null where it could not be read';
COMMENT ON COLUMN core_article_versions.fetched_at IS 'When this text was fetched';
COMMENT ON COLUMN core_article_versions.language IS 'Language of the text, ISO 639-1';
COMMENT ON COLUMN core_article_versions.authors IS 'Authors named by the page';
COMMENT ON COLUMN core_article_versions.text_hash IS 'Hash of the text: an equal hash is no new version';
COMMENT ON COLUMN core_article_versions.text_key IS 'md5_number_lower(text_hash), for lookups';
COMMENT ON COLUMN core_article_versions.text_length IS 'Characters of the text';
COMMENT ON COLUMN core_article_versions.body_no IS 'Text: core_article_bodies.body_no in the bodies file';
COMMENT ON COLUMN core_article_versions.body_source IS 'page: from the page; feed: from the text of the feed';
COMMENT ON COLUMN core_article_versions.archive_file IS 'Archive file with the page as fetched';
COMMENT ON COLUMN core_article_versions.archive_offset IS 'Byte offset of the page in archive_file';
COMMENT ON COLUMN core_article_versions.stored_at IS 'When this version was stored';
COMMENT ON COLUMN core_article_versions.is_latest IS 'Whether it is the newest text of the article';
COMMENT ON COLUMN core_article_versions.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE core_rejected (
    rejected_id VARCHAR NOT NULL, stage VARCHAR NOT NULL, feed_id VARCHAR, article_id VARCHAR,
    subject VARCHAR NOT NULL, reason VARCHAR NOT NULL, detail VARCHAR NOT NULL, first_rejected_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_rejected IS 'What was not accepted, and why: one row for each thing and reason';
COMMENT ON COLUMN core_rejected.rejected_id IS 'Hash of stage, feed, article, subject and reason';
COMMENT ON COLUMN core_rejected.stage IS 'Where: poll, parse, fetch, extract, load or analyse';
COMMENT ON COLUMN core_rejected.feed_id IS 'Feed it came by';
COMMENT ON COLUMN core_rejected.article_id IS 'Article it would have been';
COMMENT ON COLUMN core_rejected.subject IS 'What it was: an address, an entry';
COMMENT ON COLUMN core_rejected.reason IS 'Why, by name';
COMMENT ON COLUMN core_rejected.detail IS 'What the reason leaves out';
COMMENT ON COLUMN core_rejected.first_rejected_at IS 'When it was first rejected for this reason';
COMMENT ON COLUMN core_rejected.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE raw_quarantine (
    quarantine_id VARCHAR NOT NULL, table_name VARCHAR NOT NULL, reason VARCHAR NOT NULL, payload VARCHAR NOT NULL,
    quarantined_at TIMESTAMP NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE raw_quarantine IS 'Rows that a rule of the warehouse refused, whole, so that nothing is lost';
COMMENT ON COLUMN raw_quarantine.quarantine_id IS 'Hash of table_name, reason and payload';
COMMENT ON COLUMN raw_quarantine.table_name IS 'Table that refused the row';
COMMENT ON COLUMN raw_quarantine.reason IS 'Rule that it broke';
COMMENT ON COLUMN raw_quarantine.payload IS 'The row as JSON';
COMMENT ON COLUMN raw_quarantine.quarantined_at IS 'When it was refused';
COMMENT ON COLUMN raw_quarantine.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE core_engines (
    engine_version VARCHAR NOT NULL, first_used_at TIMESTAMP NOT NULL, is_active BOOLEAN NOT NULL,
    activated_at TIMESTAMP, retired_at TIMESTAMP
);
COMMENT ON TABLE core_engines IS 'Versions of the analysis; the claims of the active one are what the out_ views show';
COMMENT ON COLUMN core_engines.engine_version IS 'Name of the version';
COMMENT ON COLUMN core_engines.first_used_at IS 'When it first asked for work';
COMMENT ON COLUMN core_engines.is_active IS 'Whether its rows are the ones shown';
COMMENT ON COLUMN core_engines.activated_at IS 'When it became active';
COMMENT ON COLUMN core_engines.retired_at IS 'When another one took its place; a retired version gets no new work';

CREATE TABLE core_analyses (
    article_id VARCHAR NOT NULL, article_key UBIGINT NOT NULL, article_version INTEGER NOT NULL,
    engine_version VARCHAR NOT NULL, mentions INTEGER NOT NULL, claims INTEGER NOT NULL,
    analysed_at TIMESTAMP NOT NULL, is_current BOOLEAN NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_analyses IS 'Which engine version has read which article version';
COMMENT ON COLUMN core_analyses.article_id IS 'Article: core_articles.article_id';
COMMENT ON COLUMN core_analyses.article_key IS 'md5_number_lower(article_id), for lookups';
COMMENT ON COLUMN core_analyses.article_version IS 'Version of the text read';
COMMENT ON COLUMN core_analyses.engine_version IS 'Engine version that read it';
COMMENT ON COLUMN core_analyses.mentions IS 'Mentions found';
COMMENT ON COLUMN core_analyses.claims IS 'Claims found';
COMMENT ON COLUMN core_analyses.analysed_at IS 'When the result was stored';
COMMENT ON COLUMN core_analyses.is_current IS 'Whether this is the analysis shown for the article: one for each article';
COMMENT ON COLUMN core_analyses.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE core_entities (
    entity_id VARCHAR NOT NULL, label VARCHAR NOT NULL, kind VARCHAR NOT NULL, name_ar VARCHAR NOT NULL,
    name_en VARCHAR, country VARCHAR, engine_version VARCHAR NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_entities IS 'Who and what is named: persons, places, organisations, weapons';
COMMENT ON COLUMN core_entities.entity_id IS 'Stable identifier';
COMMENT ON COLUMN core_entities.label IS 'PERS, LOC, ORG or MISC';
COMMENT ON COLUMN core_entities.kind IS 'Kind of thing, such as state, army, person';
COMMENT ON COLUMN core_entities.name_ar IS 'Canonical Arabic name';
COMMENT ON COLUMN core_entities.name_en IS 'Canonical English name';
COMMENT ON COLUMN core_entities.country IS 'The state itself or the one it belongs to, ISO 3166-1 alpha-3';
COMMENT ON COLUMN core_entities.engine_version IS 'Engine version that named it';
COMMENT ON COLUMN core_entities.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE core_mentions (
    article_id VARCHAR NOT NULL, article_version INTEGER NOT NULL, start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL, text VARCHAR NOT NULL, label VARCHAR NOT NULL, entity_id VARCHAR,
    backend VARCHAR NOT NULL, score FLOAT, engine_version VARCHAR NOT NULL, reported_at TIMESTAMP NOT NULL,
    is_current BOOLEAN NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_mentions IS 'Where an article names an entity';
COMMENT ON COLUMN core_mentions.article_id IS 'Article: core_articles.article_id';
COMMENT ON COLUMN core_mentions.article_version IS 'Version of the text that the offsets point into';
COMMENT ON COLUMN core_mentions.start_offset IS 'First character in the text, from 0';
COMMENT ON COLUMN core_mentions.end_offset IS 'Character after the last';
COMMENT ON COLUMN core_mentions.text IS 'The words as written';
COMMENT ON COLUMN core_mentions.label IS 'PERS, LOC, ORG or MISC';
COMMENT ON COLUMN core_mentions.entity_id IS 'Entity: core_entities.entity_id; null where it is not linked';
COMMENT ON COLUMN core_mentions.backend IS 'What found it';
COMMENT ON COLUMN core_mentions.score IS 'Score of the backend, 0 to 1';
COMMENT ON COLUMN core_mentions.engine_version IS 'Engine version: core_engines.engine_version';
COMMENT ON COLUMN core_mentions.reported_at IS 'When the article was published, or fetched where that is unknown';
COMMENT ON COLUMN core_mentions.is_current IS 'Whether it belongs to the analysis shown for the article';
COMMENT ON COLUMN core_mentions.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE core_attributions (
    attribution_id VARCHAR NOT NULL, name VARCHAR NOT NULL, country VARCHAR, type VARCHAR NOT NULL
);
COMMENT ON TABLE core_attributions IS 'Who says so: each speaker or publication once';
COMMENT ON COLUMN core_attributions.attribution_id IS 'Hash of name, country and type';
COMMENT ON COLUMN core_attributions.name IS 'As the article names it';
COMMENT ON COLUMN core_attributions.country IS 'ISO 3166-1 alpha-3 or an organisation id; null where unknown';
COMMENT ON COLUMN core_attributions.type IS 'government, military, media, anonymous and so on';

CREATE TABLE core_claims (
    claim_id VARCHAR NOT NULL, statement_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL,
    article_version INTEGER NOT NULL, engine_version VARCHAR NOT NULL, kind VARCHAR NOT NULL, status VARCHAR NOT NULL,
    supplier VARCHAR, recipient VARCHAR, participants VARCHAR[], attribution_id VARCHAR, attribution_name VARCHAR,
    attribution_country VARCHAR, attribution_type VARCHAR, items VARCHAR NOT NULL,
    when_start VARCHAR, when_end VARCHAR, when_text VARCHAR, evidence VARCHAR NOT NULL,
    evidence_start INTEGER NOT NULL, evidence_end INTEGER NOT NULL, trigger_start INTEGER, trigger_end INTEGER,
    rule_id VARCHAR NOT NULL, confidence FLOAT, reported_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP, outlet VARCHAR NOT NULL, outlet_country VARCHAR NOT NULL, title VARCHAR NOT NULL,
    url VARCHAR NOT NULL, is_current BOOLEAN NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_claims IS 'Statements that actors cooperate militarily, each with its sentence and source, so that most questions need no join';
COMMENT ON COLUMN core_claims.claim_id IS 'Hash of the article version, the engine version and the statement';
COMMENT ON COLUMN core_claims.statement_id IS 'Hash of the article and of what is stated: equal in all engine versions';
COMMENT ON COLUMN core_claims.article_id IS 'Article: core_articles.article_id';
COMMENT ON COLUMN core_claims.article_version IS 'Version of the text that the offsets point into';
COMMENT ON COLUMN core_claims.engine_version IS 'Engine version: core_engines.engine_version';
COMMENT ON COLUMN core_claims.kind IS 'Kind of cooperation: arms_transfer, exercise and so on';
COMMENT ON COLUMN core_claims.status IS 'occurred, planned, sought, possible or denied';
COMMENT ON COLUMN core_claims.supplier IS 'Who gives, ISO 3166-1 alpha-3 or an organisation id; null where not said';
COMMENT ON COLUMN core_claims.recipient IS 'Who gets; null where not said';
COMMENT ON COLUMN core_claims.participants IS 'Who takes part where no one gives or gets, sorted';
COMMENT ON COLUMN core_claims.attribution_id IS 'Who says so: core_attributions; null where the outlet itself does';
COMMENT ON COLUMN core_claims.attribution_name IS 'Who says so, as the article names it';
COMMENT ON COLUMN core_claims.attribution_country IS 'Country of who says so';
COMMENT ON COLUMN core_claims.attribution_type IS 'Type of who says so: government, military, media and so on';
COMMENT ON COLUMN core_claims.items IS 'What moves, in one line; core_claim_items has the figures';
COMMENT ON COLUMN core_claims.when_start IS 'Begin of the cooperation, ISO 8601 as precise as the text allows';
COMMENT ON COLUMN core_claims.when_end IS 'End of the cooperation';
COMMENT ON COLUMN core_claims.when_text IS 'The words that say when';
COMMENT ON COLUMN core_claims.evidence IS 'The sentence that says it';
COMMENT ON COLUMN core_claims.evidence_start IS 'First character of the sentence in the text, from 0';
COMMENT ON COLUMN core_claims.evidence_end IS 'Character after the last of the sentence';
COMMENT ON COLUMN core_claims.trigger_start IS 'First character of the words that gave the kind';
COMMENT ON COLUMN core_claims.trigger_end IS 'Character after the last of those words';
COMMENT ON COLUMN core_claims.rule_id IS 'Rule or model that found it';
COMMENT ON COLUMN core_claims.confidence IS 'Share of such claims found right on the gold; null where not measured';
COMMENT ON COLUMN core_claims.reported_at IS 'When the article was published, or fetched where that is unknown';
COMMENT ON COLUMN core_claims.published_at IS 'When the article was published; null where that is unknown';
COMMENT ON COLUMN core_claims.outlet IS 'Who published the article';
COMMENT ON COLUMN core_claims.outlet_country IS 'Country of the outlet, ISO 3166-1 alpha-3';
COMMENT ON COLUMN core_claims.title IS 'Title of the article';
COMMENT ON COLUMN core_claims.url IS 'Address of the article';
COMMENT ON COLUMN core_claims.is_current IS 'Whether it belongs to the analysis shown for the article';
COMMENT ON COLUMN core_claims.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE core_claim_items (
    claim_id VARCHAR NOT NULL, item_no INTEGER NOT NULL, category VARCHAR NOT NULL, designation VARCHAR,
    calibre_mm DOUBLE, low DOUBLE, high DOUBLE, qualifier VARCHAR, unit VARCHAR, reported_at TIMESTAMP NOT NULL,
    article_id VARCHAR NOT NULL, article_version INTEGER NOT NULL, engine_version VARCHAR NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_claim_items IS 'What moves, item by item';
COMMENT ON COLUMN core_claim_items.claim_id IS 'Claim: core_claims.claim_id';
COMMENT ON COLUMN core_claim_items.item_no IS 'Place in the claim, from 1';
COMMENT ON COLUMN core_claim_items.category IS 'aircraft, missile, money and so on';
COMMENT ON COLUMN core_claim_items.designation IS 'Model as the article names it';
COMMENT ON COLUMN core_claim_items.calibre_mm IS 'Calibre in millimetres';
COMMENT ON COLUMN core_claim_items.low IS 'Least quantity; null: no lower bound or unknown';
COMMENT ON COLUMN core_claim_items.high IS 'Greatest quantity; null: no upper bound or unknown';
COMMENT ON COLUMN core_claim_items.qualifier IS 'about, more_than, less_than, at_least, up_to or range; null: exact';
COMMENT ON COLUMN core_claim_items.unit IS 'Unit of the quantity; of money its ISO 4217 code';
COMMENT ON COLUMN core_claim_items.reported_at IS 'As in core_claims; name it in a join to read less';
COMMENT ON COLUMN core_claim_items.article_id IS 'Article: core_articles.article_id';
COMMENT ON COLUMN core_claim_items.article_version IS 'Version of the text';
COMMENT ON COLUMN core_claim_items.engine_version IS 'Engine version: core_engines.engine_version';
COMMENT ON COLUMN core_claim_items.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE core_claim_actors (
    claim_id VARCHAR NOT NULL, role VARCHAR NOT NULL, actor_id VARCHAR NOT NULL, reported_at TIMESTAMP NOT NULL,
    article_id VARCHAR NOT NULL, article_version INTEGER NOT NULL, engine_version VARCHAR NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_claim_actors IS 'Who takes part in a claim, one row for each';
COMMENT ON COLUMN core_claim_actors.claim_id IS 'Claim: core_claims.claim_id';
COMMENT ON COLUMN core_claim_actors.role IS 'supplier, recipient or participant';
COMMENT ON COLUMN core_claim_actors.actor_id IS 'ISO 3166-1 alpha-3 or an organisation id';
COMMENT ON COLUMN core_claim_actors.reported_at IS 'As in core_claims; name it in a join to read less';
COMMENT ON COLUMN core_claim_actors.article_id IS 'Article: core_articles.article_id';
COMMENT ON COLUMN core_claim_actors.article_version IS 'Version of the text';
COMMENT ON COLUMN core_claim_actors.engine_version IS 'Engine version: core_engines.engine_version';
COMMENT ON COLUMN core_claim_actors.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE core_claim_dyads (
    claim_id VARCHAR NOT NULL, actor_a VARCHAR NOT NULL, actor_b VARCHAR NOT NULL, is_directed BOOLEAN NOT NULL,
    kind VARCHAR NOT NULL, status VARCHAR NOT NULL, reported_at TIMESTAMP NOT NULL, outlet VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL, article_version INTEGER NOT NULL, engine_version VARCHAR NOT NULL,
    is_current BOOLEAN NOT NULL, run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_claim_dyads IS 'Each pair of actors of each claim, narrow for questions of who with whom over years';
COMMENT ON COLUMN core_claim_dyads.claim_id IS 'Claim: core_claims.claim_id';
COMMENT ON COLUMN core_claim_dyads.actor_a IS 'Who gives, in a directed pair; else the first in the order of the alphabet';
COMMENT ON COLUMN core_claim_dyads.actor_b IS 'Who gets, in a directed pair; else the second';
COMMENT ON COLUMN core_claim_dyads.is_directed IS 'Whether actor_a gives and actor_b gets; else the two are only reported together';
COMMENT ON COLUMN core_claim_dyads.kind IS 'Kind of cooperation, as in core_claims';
COMMENT ON COLUMN core_claim_dyads.status IS 'Status, as in core_claims';
COMMENT ON COLUMN core_claim_dyads.reported_at IS 'As in core_claims';
COMMENT ON COLUMN core_claim_dyads.outlet IS 'Who published the article';
COMMENT ON COLUMN core_claim_dyads.article_id IS 'Article: core_articles.article_id';
COMMENT ON COLUMN core_claim_dyads.article_version IS 'Version of the text';
COMMENT ON COLUMN core_claim_dyads.engine_version IS 'Engine version: core_engines.engine_version';
COMMENT ON COLUMN core_claim_dyads.is_current IS 'Whether it belongs to the analysis shown for the article';
COMMENT ON COLUMN core_claim_dyads.run_id IS 'Run that wrote the row: core_runs.run_id';

CREATE TABLE core_runs (
    run_id VARCHAR NOT NULL, flow VARCHAR NOT NULL, started_at TIMESTAMP NOT NULL, finished_at TIMESTAMP,
    state VARCHAR NOT NULL, counts VARCHAR NOT NULL
);
COMMENT ON TABLE core_runs IS 'Runs of the pipeline';
COMMENT ON COLUMN core_runs.run_id IS 'Time of the start and random letters';
COMMENT ON COLUMN core_runs.flow IS 'Flow that ran';
COMMENT ON COLUMN core_runs.started_at IS 'When it began';
COMMENT ON COLUMN core_runs.finished_at IS 'When it ended; null: running, or killed';
COMMENT ON COLUMN core_runs.state IS 'running, or how it ended';
COMMENT ON COLUMN core_runs.counts IS 'What it did, as a JSON object of numbers';

CREATE TABLE core_work_queue (
    stage VARCHAR NOT NULL, article_id VARCHAR NOT NULL, version INTEGER NOT NULL, engine_version VARCHAR NOT NULL,
    feed_id VARCHAR NOT NULL, url VARCHAR NOT NULL, entry VARCHAR NOT NULL, attempts INTEGER NOT NULL,
    next_at TIMESTAMP NOT NULL, leased_until TIMESTAMP, last_error VARCHAR, queued_at TIMESTAMP NOT NULL, stored_at TIMESTAMP,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_work_queue IS 'Work still to be done; a row goes when its work is stored or given up';
COMMENT ON COLUMN core_work_queue.stage IS 'fetch or analyse';
COMMENT ON COLUMN core_work_queue.article_id IS 'Article to work on';
COMMENT ON COLUMN core_work_queue.version IS 'Version to analyse; 0 for a fetch';
COMMENT ON COLUMN core_work_queue.engine_version IS 'Engine version to analyse with; empty for a fetch';
COMMENT ON COLUMN core_work_queue.feed_id IS 'Feed that named it';
COMMENT ON COLUMN core_work_queue.url IS 'Address to fetch';
COMMENT ON COLUMN core_work_queue.entry IS 'The entry of the feed as JSON; empty for an analysis';
COMMENT ON COLUMN core_work_queue.attempts IS 'Failed attempts so far';
COMMENT ON COLUMN core_work_queue.next_at IS 'Not before this time';
COMMENT ON COLUMN core_work_queue.leased_until IS 'A worker has it until then; null: free';
COMMENT ON COLUMN core_work_queue.last_error IS 'Why the last attempt failed';
COMMENT ON COLUMN core_work_queue.queued_at IS 'When the work arose';
COMMENT ON COLUMN core_work_queue.stored_at IS 'When the version to analyse was stored, so that it is found quickly';
COMMENT ON COLUMN core_work_queue.run_id IS 'Run that queued, leased or failed it last: core_runs.run_id';

CREATE TABLE core_publication (published_at TIMESTAMP NOT NULL);
COMMENT ON TABLE core_publication IS 'One row: when this snapshot was published';
COMMENT ON COLUMN core_publication.published_at IS 'Time of publication';
