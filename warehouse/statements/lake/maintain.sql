-- Purpose: rows kept in the catalogue go to files, files with deleted rows are rewritten, small ones joined, old
-- states forgotten, and files removed that nothing points to, those of killed writers too.
-- Parameters: expired_at, unused_since.
CALL ducklake_flush_inlined_data('lake');
CALL ducklake_rewrite_data_files('lake', delete_threshold => 0.2);
CALL ducklake_merge_adjacent_files('lake');
CALL ducklake_expire_snapshots('lake', older_than => $expired_at);
CALL ducklake_cleanup_old_files('lake', older_than => $unused_since);
CALL ducklake_delete_orphaned_files('lake', older_than => $unused_since);
