-- Purpose: the meaning of those columns of out_kinds that no table explains.
COMMENT ON COLUMN out_kinds.claims IS 'Claims of this kind and status';
