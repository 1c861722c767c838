-- Purpose: what people were told of, newest first to read: spikes of claims, and claims that a later version changed.
CREATE OR REPLACE VIEW out_signals AS
SELECT signal, subject, happened_at, details, detected_at FROM core_signals;
