-- Purpose: a warehouse of made-up articles, ten mentions and half a claim each, over five years in order of time.
-- Parameters: first, last (article numbers), total. Entities and actors follow a steep law, as in real news.
CREATE OR REPLACE TEMP TABLE made AS
SELECT i, md5(i::VARCHAR) AS article_id, md5_number_lower(md5(i::VARCHAR)) AS article_key,
       TIMESTAMP '2021-01-01' + to_seconds((i * 157680000.0 / $total)::BIGINT) AS made_at,
       'outlet-' || (hash(i) % 200) AS outlet, ['EGY', 'SYR', 'SAU', 'RUS', 'GBR'][1 + (hash(i) % 5)::INTEGER] AS country
FROM range($first, $last) r(i);
INSERT INTO core_articles BY NAME
SELECT article_id, article_key, 'http://example/' || article_id AS url, outlet AS feed_id, outlet, country,
       made_at AS first_stored_at, 'made' AS run_id
FROM made ORDER BY i;
INSERT INTO core_article_versions BY NAME
SELECT article_id, article_key, 1 AS version, 'http://example/' || article_id AS url, outlet AS feed_id, outlet, country,
       'عنوان ' || i AS title, made_at - INTERVAL 1 HOUR AS published_at, made_at AS fetched_at, 'ar' AS language,
       []::VARCHAR[] AS authors, article_id AS text_hash,
       md5_number_lower(article_id) AS text_key, 1900 AS text_length, i AS body_no, 'page' AS body_source,
       made_at AS stored_at, true AS is_latest, 'made' AS run_id
FROM made ORDER BY i;
INSERT INTO raw_sightings BY NAME
SELECT outlet AS feed_id, article_id, article_id AS entry_id, 'http://example/' || article_id AS url, article_key,
       made_at AS first_seen_at, 'made' AS run_id
FROM made ORDER BY i;
INSERT INTO core_analyses BY NAME
SELECT article_id, article_key, 1 AS article_version, '1' AS engine_version, 10 AS mentions, 1 AS claims,
       made_at AS analysed_at, true AS is_current, 'made' AS run_id
FROM made ORDER BY i;
INSERT INTO core_mentions BY NAME
SELECT m.article_id, 1 AS article_version, k * 150 AS start_offset, k * 150 + 6 AS end_offset,
       'كيان ' || e AS text, ['PERS', 'LOC', 'ORG', 'MISC'][1 + (e % 4)::INTEGER] AS label, 'E' || e AS entity_id,
       'gazetteer' AS backend, 0.9 AS score, '1' AS engine_version, m.made_at - INTERVAL 1 HOUR AS reported_at,
       true AS is_current, 'made' AS run_id
FROM (
    SELECT *, floor(exp(ln(50000) * ((hash(i * 16 + k) % 1000003) / 1000003.0)))::INTEGER AS e
    FROM made, range(10) t(k)
) m ORDER BY i, k;
INSERT INTO core_claims BY NAME
SELECT md5('c' || i) AS claim_id, md5('s' || i) AS statement_id, article_id, 1 AS article_version, '1' AS engine_version,
       CASE WHEN mutual THEN ['agreement', 'exercise', 'consultation', 'cooperation'][1 + (h % 4)::INTEGER]
            ELSE ['arms_transfer', 'military_aid', 'deployment', 'training', 'technology', 'intelligence'][1 + (h % 6)::INTEGER]
       END AS kind,
       ['occurred', 'occurred', 'planned', 'sought', 'possible', 'denied'][1 + (h // 6 % 6)::INTEGER] AS status,
       CASE WHEN NOT mutual THEN 'A' || a END AS supplier, CASE WHEN NOT mutual THEN 'A' || b END AS recipient,
       CASE WHEN mutual THEN list_sort(['A' || a, 'A' || b]) END AS participants, NULL AS attribution_id,
       CASE WHEN mutual THEN '' ELSE '30 tank' END AS items,
       'أعلن المتحدث رقم ' || i || ' تسليم ثلاثين دبابة إلى الطرف الآخر ضمن اتفاق سابق بين البلدين' AS evidence,
       100 AS evidence_start, 180 AS evidence_end, 'rule-1' AS rule_id, 0.7 AS confidence,
       made_at - INTERVAL 1 HOUR AS reported_at, outlet, 'عنوان ' || i AS title,
       'http://example/' || article_id AS url, country AS outlet_country, true AS is_current, 'made' AS run_id
FROM (
    SELECT *, hash(i, 1) AS h, hash(i) % 3 = 0 AS mutual,
           floor(exp(ln(150) * ((hash(i, 2) % 1000003) / 1000003.0)))::INTEGER AS a,
           200 + floor(exp(ln(150) * ((hash(i, 3) % 1000003) / 1000003.0)))::INTEGER AS b
    FROM made WHERE i % 2 = 0
) ORDER BY i;
INSERT INTO core_claim_items BY NAME
SELECT md5('c' || i) AS claim_id, 1 AS item_no, 'tank' AS category, 30 AS low, 30 AS high,
       made_at - INTERVAL 1 HOUR AS reported_at, article_id,
       1 AS article_version, '1' AS engine_version, 'made' AS run_id
FROM made WHERE i % 2 = 0 AND hash(i) % 3 <> 0 ORDER BY i;
INSERT INTO core_claim_dyads BY NAME
SELECT claim_id, coalesce(supplier, participants[1]) AS actor_a, coalesce(recipient, participants[2]) AS actor_b,
       supplier IS NOT NULL AS is_directed, kind, status, reported_at, outlet, article_id, article_version,
       engine_version, is_current, run_id
FROM core_claims
WHERE reported_at >= (SELECT min(made_at) - INTERVAL 1 HOUR FROM made);
