-- Purpose: the analyses of this batch, each once, with the keys for lookups. Reads incoming_analyses.
CREATE OR REPLACE TEMP TABLE stage_claimed AS
SELECT article_id, article_version AS version, engine_version, row_no, md5_number_lower(article_id) AS article_key
FROM incoming_analyses
QUALIFY row_number() OVER (PARTITION BY article_id, article_version, engine_version ORDER BY row_no) = 1;
