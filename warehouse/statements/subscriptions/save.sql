-- Purpose: replace subscriptions, one a feed. Parameters: now. Reads incoming_subscriptions.
DELETE FROM core_subscriptions WHERE feed_id IN (SELECT feed_id FROM incoming_subscriptions);
INSERT INTO core_subscriptions BY NAME
SELECT * EXCLUDE (row_no), $now AS updated_at FROM incoming_subscriptions
QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY row_no DESC) = 1;
