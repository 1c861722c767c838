-- What two engine versions found differently in the same texts
-- :param a = null -- one engine version
-- :param b = null -- another engine version
WITH read_by_both AS (
    SELECT article_id, article_version FROM core_analyses WHERE engine_version IN ($a, $b)
    GROUP BY article_id, article_version HAVING count(DISTINCT engine_version) = 2
), found AS (
    SELECT c.* FROM core_claims c JOIN read_by_both USING (article_id, article_version) WHERE c.engine_version IN ($a, $b)
)
SELECT CASE f.engine_version WHEN $a THEN 'only in ' || $a ELSE 'only in ' || $b END AS difference, f.kind, f.status,
       f.supplier, f.recipient, f.participants, f.items, f.attribution_name AS says, f.rule_id, f.evidence, f.article_id,
       f.claim_id
FROM found f
ANTI JOIN found o
       ON o.article_id = f.article_id AND o.article_version = f.article_version AND o.statement_id = f.statement_id
      AND o.engine_version <> f.engine_version
ORDER BY f.article_id, f.evidence_start, difference, f.claim_id;
