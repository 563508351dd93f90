-- Messages that were claimed and not tried: anybody may take them at once, and no attempt is counted.
UPDATE outbox
SET leased_until = NULL, attempts = outbox.attempts - 1
FROM unnest($1::uuid[], $2::int[]) AS held (id, claims)
WHERE outbox.id = held.id AND outbox.status = 'waiting' AND outbox.claims = held.claims AND outbox.leased_until IS NOT NULL
