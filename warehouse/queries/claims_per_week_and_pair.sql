-- Claims for each week and pair of actors
-- :param since = 1970-01-01 -- first day
-- :param until = 9999-12-31 -- day after the last
-- :param actor = null -- only pairs with this actor
-- :param kind = null -- only this kind
SELECT week, actor_a, actor_b, is_directed, sum(claims)::BIGINT AS claims,
       coalesce(sum(claims) FILTER (status = 'denied'), 0)::BIGINT AS denied
FROM out_dyads_weekly
WHERE week >= $since::DATE AND week < $until::DATE
  AND ($actor IS NULL OR actor_a = $actor OR actor_b = $actor) AND ($kind IS NULL OR kind = $kind)
GROUP BY ALL
ORDER BY week DESC, claims DESC, actor_a, actor_b;
