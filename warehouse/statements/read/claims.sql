-- Purpose: every claim shown with its items, for exports in the forms of other projects.
SELECT c.*, coalesce(i.items_list, []) AS items_list
FROM core_claims c
LEFT JOIN (
    SELECT claim_id, list({'category': category, 'designation': designation, 'calibre_mm': calibre_mm, 'low': low,
                           'high': high, 'qualifier': qualifier, 'unit': unit} ORDER BY item_no) AS items_list
    FROM core_claim_items GROUP BY claim_id
) i ON i.claim_id = c.claim_id
WHERE c.is_current
ORDER BY c.reported_at, c.claim_id;
