-- Spikes of claims and claims that a later version of their article changed, the newest first
-- :param since = 30 days ago -- first day
SELECT detected_at, signal, subject, happened_at, details
FROM out_signals
WHERE detected_at >= $since::TIMESTAMP
ORDER BY detected_at DESC, subject;
