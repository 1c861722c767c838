-- Purpose: when the lake was last published, and how many bytes its rows take.
SELECT (SELECT max(published_at) FROM core_publication), coalesce(sum(file_size_bytes), 0)::BIGINT
FROM ducklake_table_info('lake');
