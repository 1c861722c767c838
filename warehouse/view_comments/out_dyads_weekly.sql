-- Purpose: the meaning of those columns of out_dyads_weekly that no table explains.
COMMENT ON COLUMN out_dyads_weekly.week IS 'Its Monday';
COMMENT ON COLUMN out_dyads_weekly.claims IS 'Claims of this pair, kind and status in the week';
