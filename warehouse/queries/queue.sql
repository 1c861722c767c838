-- Work still to be done
SELECT CASE WHEN stage = 'fetch' AND version > 0 THEN 'revisit' ELSE stage END AS stage, engine_version, count(*) AS waiting, count(*) FILTER (attempts > 0) AS tried_before,
       min(queued_at) AS oldest, min(next_at) AS next_at, any_value(last_error) AS an_error
FROM core_work_queue GROUP BY ALL ORDER BY stage, engine_version;
