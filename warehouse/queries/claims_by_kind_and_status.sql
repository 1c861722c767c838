-- Claims by kind and status
-- :param since = 365 days ago -- first day
-- :param until = 9999-12-31 -- day after the last
SELECT kind, count(*) AS claims, count(*) FILTER (status = 'occurred') AS occurred,
       count(*) FILTER (status = 'planned') AS planned, count(*) FILTER (status = 'sought') AS sought,
       count(*) FILTER (status = 'possible') AS possible, count(*) FILTER (status = 'denied') AS denied
FROM core_claims
WHERE is_current AND reported_at >= $since::TIMESTAMP AND reported_at < $until::TIMESTAMP
GROUP BY kind
ORDER BY claims DESC, kind;
