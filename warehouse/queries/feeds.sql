-- How each feed fares
SELECT * FROM out_feed_health ORDER BY is_active DESC, failures DESC NULLS LAST, feed_id;
