-- Purpose: every mention shown, with its entity.
CREATE OR REPLACE VIEW out_mentions AS
SELECT m.reported_at, m.text, m.label, m.entity_id, e.name_ar, e.name_en, e.kind, e.country, m.article_id,
       m.article_version, m.start_offset, m.end_offset, m.backend, m.score, m.engine_version, m.run_id
FROM core_mentions m LEFT JOIN core_entities e ON e.entity_id = m.entity_id
WHERE m.is_current;
