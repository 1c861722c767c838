-- One claim with its sentence and its source: the one named, or the surest that names its source and its goods
-- :param claim_id = null -- as in out_claims
SELECT status, kind, supplier, recipient, participants, items, says, says_type, says_country, evidence, outlet, published_at,
       when_text, confidence, rule_id, title, url, claim_id
FROM out_claims
WHERE claim_id = coalesce($claim_id, (
    SELECT claim_id FROM out_claims
    ORDER BY (says IS NOT NULL)::INTEGER + (items IS NOT NULL)::INTEGER + (status = 'occurred')::INTEGER DESC,
             confidence DESC, claim_id
    LIMIT 1
));
