-- Purpose: the tables of a lake that hold rows of ours. Parameters: schema.
SELECT table_name FROM duckdb_tables()
WHERE database_name = 'lake' AND schema_name = $schema AND table_name <> 'schema_migrations'
ORDER BY table_name;
