-- Purpose: the meaning of those columns of out_rejected that no table explains.
COMMENT ON COLUMN out_rejected.items IS 'How many';
COMMENT ON COLUMN out_rejected.last_rejected_at IS 'Newest time';
COMMENT ON COLUMN out_rejected.example IS 'One of them';
