-- Purpose: files, bytes, and unused bytes of the facts and the texts.
SELECT count(*), sum(total_blocks * block_size)::BIGINT, sum(free_blocks * block_size)::BIGINT
FROM pragma_database_size() WHERE total_blocks > 0;
