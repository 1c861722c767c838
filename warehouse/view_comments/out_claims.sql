-- Purpose: the meaning of those columns of out_claims that no table explains.
COMMENT ON COLUMN out_claims.says IS 'Who says so, as the article names it; null where the outlet itself does';
COMMENT ON COLUMN out_claims.says_type IS 'government, military, media, anonymous and so on';
COMMENT ON COLUMN out_claims.says_country IS 'Country of who says so';
