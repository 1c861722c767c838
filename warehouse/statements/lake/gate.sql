-- Purpose: try for the lock that lets one machine write at a time; it is held to the end of the transaction.
SELECT * FROM postgres_query('gate', 'SELECT pg_try_advisory_xact_lock(7206118530) AS got');
