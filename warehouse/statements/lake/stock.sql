-- Purpose: files with rows, their bytes, and the bytes of files that only mark rows as deleted.
SELECT coalesce(sum(file_count + delete_file_count), 0)::BIGINT,
       coalesce(sum(file_size_bytes + delete_file_size_bytes), 0)::BIGINT,
       coalesce(sum(delete_file_size_bytes), 0)::BIGINT
FROM ducklake_table_info('lake');
