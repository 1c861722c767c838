-- The newest claims, with their sentences
-- :param actor = null -- only with this actor
-- :param kind = null -- only this kind
-- :param status = null -- only this status
-- :param limit = 20 -- rows
SELECT reported_at, kind, status, supplier, recipient, participants, items, says, says_type, outlet, evidence, claim_id
FROM out_claims
WHERE ($actor IS NULL OR supplier = $actor OR recipient = $actor OR list_contains(participants, $actor))
  AND ($kind IS NULL OR kind = $kind) AND ($status IS NULL OR status = $status)
ORDER BY reported_at DESC, claim_id
LIMIT $limit::INTEGER;
