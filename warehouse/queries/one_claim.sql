-- One claim with its sentence and its source
-- :param claim_id = null -- as in out_claims
SELECT * FROM out_claims WHERE claim_id = $claim_id;
