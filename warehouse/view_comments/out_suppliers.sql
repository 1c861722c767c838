-- Purpose: the meaning of those columns of out_suppliers that no table explains.
COMMENT ON COLUMN out_suppliers.claims IS 'Claims that say so';
COMMENT ON COLUMN out_suppliers.outlets IS 'Outlets that report it';
COMMENT ON COLUMN out_suppliers.first_reported_at IS 'First time';
COMMENT ON COLUMN out_suppliers.last_reported_at IS 'Last time';
