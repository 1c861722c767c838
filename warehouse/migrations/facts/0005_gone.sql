-- Purpose: pages also go without a status that says so.
COMMENT ON COLUMN core_deletions.reason IS 'How it went: http_404, http_410, or with a status of 200 not_found (its own words) or front_page (led there)';
