-- Purpose: the rows of this batch that obey the rules, and those that do not with the rule they break.
CREATE OR REPLACE TEMP TABLE stage_mentions AS
SELECT i.* EXCLUDE (row_no), a.reported_at, CASE
    WHEN i.label NOT IN ('PERS', 'LOC', 'ORG', 'MISC') OR i.label IS NULL THEN 'bad_label'
    WHEN i.start_offset < 0 OR i.end_offset <= i.start_offset OR i.end_offset > a.text_length THEN 'bad_offsets'
    WHEN i.score < 0 OR i.score > 1 THEN 'bad_score'
    WHEN i.text IS NULL OR i.backend IS NULL THEN 'no_text_or_backend'
END AS refusal
FROM incoming_mentions i
JOIN stage_analyses a USING (article_id, article_version, engine_version)
QUALIFY row_number() OVER (
    PARTITION BY article_id, article_version, engine_version, start_offset, end_offset, label, refusal ORDER BY i.row_no
) = 1;
CREATE OR REPLACE TEMP TABLE stage_claims AS
SELECT i.*, a.reported_at, a.published_at, a.outlet, a.country AS outlet_country, a.title, a.url,
       substring(a.text, (i.evidence_start + 1)::BIGINT, (i.evidence_end - i.evidence_start)::BIGINT) AS evidence, CASE
    WHEN i.kind IS NULL OR i.kind NOT IN (
        'arms_transfer', 'military_aid', 'agreement', 'exercise', 'deployment', 'training', 'technology',
        'intelligence', 'consultation', 'cooperation') THEN 'bad_kind'
    WHEN i.status IS NULL OR i.status NOT IN ('occurred', 'planned', 'sought', 'possible', 'denied') THEN 'bad_status'
    WHEN a.text IS NULL THEN 'no_text'
    WHEN i.evidence_start < 0 OR i.evidence_end <= i.evidence_start OR i.evidence_end > a.text_length
        THEN 'bad_evidence'
    WHEN i.supplier IS NULL AND i.recipient IS NULL AND coalesce(len(i.participants), 0) = 0 THEN 'no_actor'
    WHEN i.confidence < 0 OR i.confidence > 1 THEN 'bad_confidence'
    WHEN i.rule_id IS NULL THEN 'no_rule'
END AS refusal
FROM incoming_claims i
JOIN stage_analyses a USING (article_id, article_version, engine_version)
QUALIFY row_number() OVER (PARTITION BY claim_id, refusal ORDER BY i.row_no) = 1;
CREATE OR REPLACE TEMP TABLE stage_refused AS
SELECT 'core_analyses' AS table_name, 'unknown_article_version' AS reason, to_json(c)::VARCHAR AS payload
FROM stage_claimed c ANTI JOIN stage_versions v ON v.article_id = c.article_id AND v.version = c.version
UNION ALL BY NAME
SELECT 'core_mentions' AS table_name, refusal AS reason, to_json(m)::VARCHAR AS payload
FROM stage_mentions m WHERE refusal IS NOT NULL
UNION ALL BY NAME
SELECT 'core_claims' AS table_name, refusal AS reason, to_json(c)::VARCHAR AS payload
FROM stage_claims c WHERE refusal IS NOT NULL
UNION ALL BY NAME
SELECT * EXCLUDE (row_no) FROM incoming_refused;
DELETE FROM stage_mentions WHERE refusal IS NOT NULL;
DELETE FROM stage_claims WHERE refusal IS NOT NULL;
