-- Purpose: the meaning of those columns of out_publication that no table explains.
COMMENT ON COLUMN out_publication.articles IS 'Articles stored';
COMMENT ON COLUMN out_publication.claims IS 'Claims shown';
