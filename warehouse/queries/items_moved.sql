-- What is said to move, by category
-- :param supplier = null -- only from here
-- :param recipient = null -- only to here
-- :param since = 365 days ago -- first day
SELECT category, count(*) AS mentions, count(low) AS with_quantity, max(high) AS largest,
       count(DISTINCT supplier) AS suppliers, count(DISTINCT recipient) AS recipients
FROM out_claim_items
WHERE reported_at >= $since::TIMESTAMP AND ($supplier IS NULL OR supplier = $supplier)
  AND ($recipient IS NULL OR recipient = $recipient)
GROUP BY category
ORDER BY mentions DESC, category;
