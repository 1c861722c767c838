-- Purpose: the meaning of those columns of out_co_mentions that no table explains.
COMMENT ON COLUMN out_co_mentions.entity_a IS 'Entity: core_entities.entity_id';
COMMENT ON COLUMN out_co_mentions.entity_b IS 'Another entity named by the same article';
