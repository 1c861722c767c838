-- Purpose: record a migration. Parameters: version, name, digest, now.
DELETE FROM schema_migrations WHERE version = $version;
INSERT INTO schema_migrations VALUES ($version, $name, $digest, $now);
