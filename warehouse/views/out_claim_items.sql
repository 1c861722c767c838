-- Purpose: what moves, item by item, with the claim it belongs to.
CREATE OR REPLACE VIEW out_claim_items AS
SELECT i.claim_id, i.item_no, c.reported_at, c.kind, c.status, c.supplier, c.recipient, i.category, i.designation,
       i.calibre_mm, i.low, i.high, i.qualifier, i.unit, c.outlet, c.evidence
FROM core_claim_items i JOIN core_claims c ON c.claim_id = i.claim_id AND c.reported_at = i.reported_at
WHERE c.is_current;
