-- Purpose: every claim shown, one flat row each, with its sentence and its source.
CREATE OR REPLACE VIEW out_claims AS
SELECT c.claim_id, c.reported_at, c.kind, c.status, c.supplier, c.recipient, c.participants, c.items,
       s.name AS says, s.type AS says_type, s.country AS says_country, c.outlet, c.outlet_country, c.evidence,
       c.when_start, c.when_end, c.when_text, c.confidence, v.title, v.url, v.published_at, c.article_id,
       c.article_version, c.evidence_start, c.evidence_end, c.trigger_start, c.trigger_end, c.statement_id,
       c.rule_id, c.engine_version, c.run_id
FROM core_claims c
LEFT JOIN core_attributions s ON s.attribution_id = c.attribution_id
LEFT JOIN core_article_versions v ON v.article_id = c.article_id AND v.version = c.article_version
WHERE c.is_current;
