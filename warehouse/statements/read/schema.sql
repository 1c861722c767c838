-- Purpose: tables and views with their columns and comments; a view's column has its own or the table's.
WITH meanings AS (
    SELECT column_name, arg_min(comment, CASE table_name
        WHEN 'core_claims' THEN 1 WHEN 'core_article_versions' THEN 2 WHEN 'core_mentions' THEN 3
        WHEN 'core_claim_dyads' THEN 4 WHEN 'core_feed_states' THEN 5 ELSE 6 END) AS comment
    FROM duckdb_columns()
    WHERE database_name = current_database() AND comment IS NOT NULL GROUP BY column_name
), relations AS (
    SELECT table_name AS name, comment, false AS is_view FROM duckdb_tables()
    WHERE database_name = current_database() AND schema_name = current_schema()
    UNION ALL
    SELECT view_name, NULL, true FROM duckdb_views()
    WHERE database_name = current_database() AND schema_name = current_schema() AND view_name LIKE 'out_%'
)
SELECT r.name, r.comment, r.is_view, c.column_name, c.data_type, coalesce(c.comment, m.comment) AS meaning
FROM relations r
JOIN duckdb_columns() c ON c.table_name = r.name AND c.database_name = current_database()
LEFT JOIN meanings m ON r.is_view AND m.column_name = c.column_name
ORDER BY r.name LIKE 'out_%' DESC, r.name, c.column_index;
