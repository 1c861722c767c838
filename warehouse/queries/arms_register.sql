-- Reported arms transfers in the columns of an arms-transfer register
-- :param since = 365 days ago -- first day
-- :param status = null -- only this status; null: done and planned, as a register has them
-- Numbers and years in brackets are uncertain, two dots stand for unknown; the year of an order is that of its report.
SELECT coalesce(c.supplier, '..') AS supplier, coalesce(c.recipient, '..') AS recipient,
       CASE WHEN c.status = 'occurred' THEN '..' ELSE n.number END AS number_ordered,
       coalesce(i.designation, '..') AS weapon_designation,
       i.category || CASE WHEN i.calibre_mm IS NOT NULL THEN ' ' || i.calibre_mm || ' mm' ELSE '' END AS weapon_description,
       CASE WHEN c.status = 'occurred' THEN '..' ELSE '(' || year(c.reported_at) || ')' END AS year_of_order,
       CASE WHEN c.status = 'occurred' THEN coalesce(left(c.when_start, 4), '..')
            ELSE coalesce('(' || left(c.when_start, 4) || ')', '..') END AS years_of_delivery,
       CASE WHEN c.status = 'occurred' THEN n.number ELSE '..' END AS number_delivered,
       c.status, c.attribution_name AS says, c.attribution_type AS says_type, c.confidence, c.outlet, c.reported_at,
       c.evidence AS comments, c.url, c.claim_id
FROM core_claims c
JOIN core_claim_items i ON i.claim_id = c.claim_id AND i.reported_at = c.reported_at,
LATERAL (SELECT CASE
    WHEN i.low IS NULL AND i.high IS NULL THEN '..'
    WHEN i.qualifier IS NULL THEN format('{:.12g}', coalesce(i.low, i.high))
    ELSE '(' || format('{:.12g}', coalesce(i.low, i.high))
         || CASE WHEN i.qualifier = 'range' THEN '-' || format('{:.12g}', i.high) ELSE '' END || ')'
END AS number) n
WHERE c.is_current AND c.kind = 'arms_transfer' AND i.category NOT IN ('money', 'personnel')
  AND c.reported_at >= $since::TIMESTAMP
  AND (c.status = $status OR ($status IS NULL AND c.status IN ('occurred', 'planned')))
ORDER BY c.reported_at, c.claim_id, i.item_no;
