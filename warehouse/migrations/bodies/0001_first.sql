-- Purpose: the texts of articles, in a file of their own because they are ten times larger than the facts.
-- A body is written before the version row that points to it, so a crash between the two leaves an unused text at most.

CREATE TABLE core_article_bodies (
    body_no BIGINT NOT NULL, article_id VARCHAR NOT NULL, text_hash VARCHAR NOT NULL, text VARCHAR NOT NULL
);
COMMENT ON TABLE core_article_bodies IS 'Texts of article versions: core_article_versions.body_no points here';
COMMENT ON COLUMN core_article_bodies.body_no IS 'Number that grows with time';
COMMENT ON COLUMN core_article_bodies.article_id IS 'Article: core_articles.article_id';
COMMENT ON COLUMN core_article_bodies.text_hash IS 'Hash of the text';
COMMENT ON COLUMN core_article_bodies.text IS 'The text, in which all offsets count characters from 0';
