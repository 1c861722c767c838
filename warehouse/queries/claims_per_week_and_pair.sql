-- Claims for each week of the pairs with most claims
-- :param since = 365 days ago -- first day
-- :param until = 9999-12-31 -- day after the last
-- :param actor = null -- only pairs with this actor
-- :param kind = null -- only this kind
-- :param pairs = 20 -- how many pairs
WITH chosen AS (
    SELECT reported_at, actor_a, actor_b, is_directed, status FROM out_dyads
    WHERE reported_at >= $since::TIMESTAMP AND reported_at < $until::TIMESTAMP
      AND ($actor IS NULL OR actor_a = $actor OR actor_b = $actor) AND ($kind IS NULL OR kind = $kind)
), largest AS (
    SELECT actor_a, actor_b, is_directed FROM chosen
    GROUP BY ALL ORDER BY count(*) DESC, actor_a, actor_b, is_directed LIMIT $pairs::INTEGER
)
SELECT date_trunc('week', reported_at)::DATE AS week, actor_a, actor_b, is_directed, count(*) AS claims,
       count(*) FILTER (status = 'denied') AS denied
FROM chosen JOIN largest USING (actor_a, actor_b, is_directed)
GROUP BY ALL
ORDER BY week DESC, claims DESC, actor_a, actor_b;
