-- Pairs of which the same kind of cooperation is both asserted and denied
-- :param since = 365 days ago -- first day
SELECT actor_a, actor_b, kind, count(*) FILTER (status <> 'denied') AS asserted,
       count(*) FILTER (status = 'denied') AS denied, max(reported_at) AS last_reported_at
FROM out_dyads
WHERE reported_at >= $since::TIMESTAMP
GROUP BY actor_a, actor_b, kind
HAVING asserted > 0 AND denied > 0
ORDER BY denied DESC, asserted DESC, actor_a, actor_b, kind;
