-- Purpose: one stored claim with its items and the text version it was found in, whatever engine found it.
SELECT c.kind, c.supplier, c.recipient, c.participants, c.status, c.attribution_name, c.attribution_country,
       c.attribution_type, c.when_start, c.when_end, c.when_text, c.evidence_start, c.evidence_end, c.rule_id,
       c.confidence, c.trigger_start, c.trigger_end, c.article_id, c.article_version, c.engine_version, c.is_current,
       c.outlet, c.url, c.published_at, t.title, t.text,
       coalesce((SELECT list({'category': category, 'designation': designation, 'calibre_mm': calibre_mm, 'low': low,
                              'high': high, 'qualifier': qualifier, 'unit': unit} ORDER BY item_no)
                 FROM core_claim_items i WHERE i.claim_id = c.claim_id), []) AS items_list
FROM core_claims c
JOIN out_article_texts t ON t.article_id = c.article_id AND t.version = c.article_version
WHERE c.claim_id = $claim_id;
