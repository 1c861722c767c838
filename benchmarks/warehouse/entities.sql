-- Purpose: the entities that the made-up mentions point to, and the engine that found them.
INSERT INTO core_entities BY NAME
SELECT 'E' || e AS entity_id, ['PERS', 'LOC', 'ORG', 'MISC'][1 + (e % 4)::INTEGER] AS label, 'made' AS kind,
       'كيان ' || e AS name_ar, 'Entity ' || e AS name_en, NULL AS country, '1' AS engine_version, 'made' AS run_id
FROM range(50001) r(e);
INSERT INTO core_engines VALUES ('1', TIMESTAMP '2021-01-01', true, TIMESTAMP '2021-01-01', NULL);
