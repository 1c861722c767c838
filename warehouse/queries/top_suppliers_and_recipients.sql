-- Who gives most often, to whom
-- :param since = 365 days ago -- first day
-- :param until = 9999-12-31 -- day after the last
-- :param kind = null -- only this kind
-- :param limit = 50 -- rows
SELECT supplier, recipient, count(*) AS claims, count(*) FILTER (status = 'occurred') AS occurred,
       count(*) FILTER (status = 'denied') AS denied, count(DISTINCT outlet) AS outlets,
       max(reported_at) AS last_reported_at
FROM core_claims
WHERE is_current AND supplier IS NOT NULL AND recipient IS NOT NULL
  AND reported_at >= $since::TIMESTAMP AND reported_at < $until::TIMESTAMP AND ($kind IS NULL OR kind = $kind)
GROUP BY ALL
ORDER BY claims DESC, supplier, recipient
LIMIT $limit::INTEGER;
