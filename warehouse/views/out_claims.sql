-- Purpose: every claim shown, one flat row each, with its sentence and its source. No joins: quick to sort and filter.
CREATE OR REPLACE VIEW out_claims AS
SELECT claim_id, reported_at, kind, status, supplier, recipient, participants, items, attribution_name AS says,
       attribution_type AS says_type, attribution_country AS says_country, outlet, outlet_country, evidence, when_start,
       when_end, when_text, confidence, title, url, published_at, article_id, article_version, evidence_start,
       evidence_end, trigger_start, trigger_end, statement_id, rule_id, engine_version, run_id
FROM core_claims
WHERE is_current;
