-- What was not accepted, by reason
SELECT * FROM out_rejected ORDER BY items DESC, stage, reason, feed_id;
