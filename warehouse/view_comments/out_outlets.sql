-- Purpose: the meaning of those columns of out_outlets that no table explains.
COMMENT ON COLUMN out_outlets.articles IS 'Articles stored';
COMMENT ON COLUMN out_outlets.last_published_at IS 'Newest time of publication';
COMMENT ON COLUMN out_outlets.claims IS 'Claims found in them';
