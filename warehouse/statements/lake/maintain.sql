-- Purpose: keep a lake small and quick: join small files, forget old snapshots, remove what nothing points to.
CALL ducklake_merge_adjacent_files('lake');
CALL ducklake_expire_snapshots('lake', older_than => now() - INTERVAL 1 DAY);
CALL ducklake_cleanup_old_files('lake', older_than => now() - INTERVAL 1 DAY);
