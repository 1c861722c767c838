-- Purpose: the record of migrations; version 0 stands for the views.
CREATE TABLE schema_migrations (
    version INTEGER NOT NULL, name VARCHAR NOT NULL, digest VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE schema_migrations IS 'Migrations applied to this file';
COMMENT ON COLUMN schema_migrations.version IS 'Number of the migration; 0: the views';
COMMENT ON COLUMN schema_migrations.name IS 'Name of its file';
COMMENT ON COLUMN schema_migrations.digest IS 'SHA-256 of its text';
COMMENT ON COLUMN schema_migrations.applied_at IS 'When it was applied';
