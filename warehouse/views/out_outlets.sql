-- Purpose: what each outlet brought.
CREATE OR REPLACE VIEW out_outlets AS
SELECT coalesce(a.outlet, c.outlet) AS outlet, a.country, coalesce(a.articles, 0) AS articles, a.last_published_at,
       coalesce(c.claims, 0) AS claims
FROM (
    SELECT outlet, any_value(country) AS country, count(*) AS articles, max(published_at) AS last_published_at
    FROM core_article_versions WHERE is_latest GROUP BY outlet
) a
FULL JOIN (SELECT outlet, count(*) AS claims FROM core_claims WHERE is_current GROUP BY outlet) c ON c.outlet = a.outlet;
