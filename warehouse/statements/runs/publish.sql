-- Purpose: write the time of publication into the file that is about to be copied. Parameters: now.
DELETE FROM core_publication;
INSERT INTO core_publication VALUES ($now);
