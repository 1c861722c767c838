-- Purpose: fold the logs into the files. Space that deleted rows leave is used again by the next loads.
CHECKPOINT;
CHECKPOINT bodies;
