-- Purpose: store new analyses with all that belongs to them. Parameters: run_id, now.
INSERT INTO core_mentions BY NAME
SELECT m.* EXCLUDE (refusal), s.shown AS is_current, $run_id AS run_id
FROM stage_mentions m JOIN stage_shown s USING (article_id, article_version, engine_version)
ORDER BY m.reported_at, m.article_id, m.start_offset;
INSERT INTO core_claims BY NAME
SELECT c.* EXCLUDE (refusal, row_no), s.shown AS is_current, $run_id AS run_id
FROM stage_claims c JOIN stage_shown s USING (article_id, article_version, engine_version)
ORDER BY c.reported_at, c.article_id, c.evidence_start;
INSERT INTO core_attributions BY NAME
SELECT DISTINCT c.attribution_id, c.attribution_name AS name, c.attribution_country AS country, c.attribution_type AS type
FROM stage_claims c ANTI JOIN core_attributions a ON a.attribution_id = c.attribution_id
WHERE c.attribution_id IS NOT NULL;
INSERT INTO core_claim_items BY NAME
SELECT DISTINCT i.* EXCLUDE (row_no), c.reported_at, c.article_id, c.article_version, c.engine_version, $run_id AS run_id
FROM incoming_claim_items i JOIN stage_claims c USING (claim_id);
INSERT INTO core_claim_actors BY NAME
SELECT DISTINCT i.* EXCLUDE (row_no), c.reported_at, c.article_id, c.article_version, c.engine_version, $run_id AS run_id
FROM incoming_claim_actors i JOIN stage_claims c USING (claim_id);
INSERT INTO core_claim_dyads BY NAME
SELECT d.claim_id, d.pair.a AS actor_a, d.pair.b AS actor_b, d.is_directed, d.kind, d.status, d.reported_at, d.outlet,
       d.article_id, d.article_version, d.engine_version, s.shown AS is_current, $run_id AS run_id
FROM (
    SELECT *, true AS is_directed, {'a': supplier, 'b': recipient} AS pair
    FROM stage_claims WHERE supplier IS NOT NULL AND recipient IS NOT NULL
    UNION ALL
    SELECT *, false AS is_directed,
           unnest(flatten([[{'a': x, 'b': y} for y in participants if y > x] for x in participants])) AS pair
    FROM stage_claims WHERE len(participants) > 1
) d JOIN stage_shown s USING (article_id, article_version, engine_version)
ORDER BY d.reported_at, d.article_id, d.claim_id;
INSERT INTO core_analyses BY NAME
SELECT a.article_id, a.article_key, a.article_version, a.engine_version, $now AS analysed_at, s.shown AS is_current,
       (SELECT count(*) FROM stage_mentions m WHERE (m.article_id, m.article_version, m.engine_version)
            = (a.article_id, a.article_version, a.engine_version)) AS mentions,
       (SELECT count(*) FROM stage_claims c WHERE (c.article_id, c.article_version, c.engine_version)
            = (a.article_id, a.article_version, a.engine_version)) AS claims,
       $run_id AS run_id
FROM stage_analyses a JOIN stage_shown s USING (article_id, article_version, engine_version)
ORDER BY a.row_no;

CREATE OR REPLACE TEMP TABLE stage_entities AS
WITH named AS (
    SELECT i.* EXCLUDE (row_no), coalesce(g.first_used_at, $now) AS used_at
    FROM incoming_entities i LEFT JOIN core_engines g USING (engine_version)
    UNION ALL BY NAME
    SELECT e.* EXCLUDE (run_id), coalesce(g.first_used_at, $now) AS used_at
    FROM core_entities e LEFT JOIN core_engines g USING (engine_version)
    WHERE entity_id IN (SELECT entity_id FROM incoming_entities)
)
SELECT * EXCLUDE (used_at) FROM named
QUALIFY row_number() OVER (
    PARTITION BY entity_id
    ORDER BY used_at DESC, length(name_ar) DESC, name_ar, name_en NULLS LAST, country NULLS LAST, kind, label
) = 1;
DELETE FROM core_entities WHERE entity_id IN (SELECT entity_id FROM stage_entities);
INSERT INTO core_entities BY NAME SELECT *, $run_id AS run_id FROM stage_entities;

DELETE FROM core_work_queue
WHERE stage = 'analyse' AND (article_id, version, engine_version) IN (
    SELECT (article_id, article_version, engine_version) FROM incoming_analyses
);
