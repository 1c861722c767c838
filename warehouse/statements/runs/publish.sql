-- Purpose: write down the time of publication. Parameters: now.
DELETE FROM core_publication;
INSERT INTO core_publication VALUES ($now);
