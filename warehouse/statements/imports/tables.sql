-- Purpose: the tables that hold rows of ours: the facts, and the texts beside them.
SELECT database_name, schema_name, table_name FROM duckdb_tables()
WHERE table_name <> 'schema_migrations' AND NOT temporary AND (
    (database_name = current_database() AND schema_name IN (current_schema(), 'bodies'))
    OR (database_name = 'bodies' AND schema_name = 'main')
);
