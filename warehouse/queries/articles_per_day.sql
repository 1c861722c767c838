-- Articles and claims for each day
-- :param since = 365 days ago -- first day
SELECT day, sum(articles)::BIGINT AS articles, sum(claims)::BIGINT AS claims
FROM (
    SELECT coalesce(published_at, fetched_at)::DATE AS day, count(*) AS articles, 0 AS claims
    FROM core_article_versions
    WHERE is_latest AND coalesce(published_at, fetched_at) >= $since::TIMESTAMP GROUP BY day
    UNION ALL
    SELECT reported_at::DATE AS day, 0, count(*) FROM core_claims
    WHERE is_current AND reported_at >= $since::TIMESTAMP GROUP BY day
)
GROUP BY day
ORDER BY day DESC;
