-- House-keeping: SMS that no limit counts any more. A day, so that an event dispatched late once more finds its own.
DELETE FROM sms_sends
WHERE id IN (SELECT id FROM sms_sends WHERE sent_at < clock_timestamp() - interval '1 day' LIMIT $1)
