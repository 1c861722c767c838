-- Purpose: pages are looked at again: what a request needs to be conditional, what changed, and what went.

ALTER TABLE core_work_queue ADD COLUMN etag VARCHAR;
ALTER TABLE core_work_queue ADD COLUMN last_modified VARCHAR;
COMMENT ON COLUMN core_work_queue.version IS 'Version to analyse; for a fetch how often the page was had already';
COMMENT ON COLUMN core_work_queue.etag IS 'Validator of the page, byte for byte as the server sent it';
COMMENT ON COLUMN core_work_queue.last_modified IS 'Validator of the page, byte for byte as the server sent it';

ALTER TABLE core_article_versions ADD COLUMN change_summary VARCHAR;
ALTER TABLE core_article_versions ADD COLUMN words_added INTEGER;
ALTER TABLE core_article_versions ADD COLUMN words_removed INTEGER;
ALTER TABLE core_article_versions ADD COLUMN changed_share DOUBLE;
COMMENT ON COLUMN core_article_versions.change_summary IS 'What differs from the version before, in a line; null for the first';
COMMENT ON COLUMN core_article_versions.words_added IS 'Words that the version before did not have';
COMMENT ON COLUMN core_article_versions.words_removed IS 'Words of the version before that are gone';
COMMENT ON COLUMN core_article_versions.changed_share IS 'Share of the words of both versions that are not common, 0 to 1';

CREATE TABLE core_deletions (
    article_id VARCHAR NOT NULL, reason VARCHAR NOT NULL, deleted_at TIMESTAMP NOT NULL, restored_at TIMESTAMP,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core_deletions IS 'Articles whose page was gone when it was looked at again; their texts stay';
COMMENT ON COLUMN core_deletions.article_id IS 'Article: core_articles.article_id';
COMMENT ON COLUMN core_deletions.reason IS 'What the server answered: http_404 or http_410';
COMMENT ON COLUMN core_deletions.deleted_at IS 'When the page was first found gone';
COMMENT ON COLUMN core_deletions.restored_at IS 'When it was found there again; null: still gone';
COMMENT ON COLUMN core_deletions.run_id IS 'Run that found it gone: core_runs.run_id';
