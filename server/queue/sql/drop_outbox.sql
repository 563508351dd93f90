-- R71: what nobody wants any more when it is to leave (a reminder of an appointment that has moved) goes, unless
-- somebody else has taken it meanwhile. What may have arrived already stays, for the questions of a month.
WITH unwanted AS (
  SELECT outbox.id, outbox.unanswered
  FROM outbox JOIN unnest($1::uuid[], $2::int[]) AS held (id, claims) ON held.id = outbox.id
  WHERE outbox.status = 'waiting' AND outbox.claims = held.claims AND outbox.leased_until IS NOT NULL
  FOR UPDATE OF outbox
), gone AS (
  DELETE FROM outbox USING unwanted WHERE outbox.id = unwanted.id AND unwanted.unanswered = 0
)
UPDATE outbox
SET status = 'dead', leased_until = NULL, channel_failed = false, last_error = 'sent once, never answered; then stale'
FROM unwanted
WHERE outbox.id = unwanted.id AND unwanted.unanswered > 0
