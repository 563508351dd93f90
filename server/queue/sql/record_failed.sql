-- Try again after 1 s * 2^n with jitter, at most 15 minutes; dead after 72 hours, at once where the recipient can
-- never be reached, and after the second attempt that nobody answered (I8: no third copy). $3: `later`, `channel`,
-- `unanswered` or `never`; $5: seconds that the other side asked for. A lease that has ended here is not ended twice.
UPDATE outbox
SET status = CASE WHEN tried.outcome = 'never' OR wanted_at < now() - interval '72 hours'
                       OR (tried.outcome = 'unanswered' AND unanswered > 0)
                  THEN 'dead' ELSE 'waiting' END,
    due_at = now() + greatest(least(interval '1 second' * power(2, least(outbox.attempts, 20)), interval '15 minutes'),
                              interval '1 second' * tried.wait)
                     * (CASE WHEN tried.wait > 0 THEN 1 ELSE 0.75 END + random() / 2),
    leased_until = NULL, channel_failed = tried.outcome = 'channel',
    last_error = CASE WHEN tried.outcome = 'unanswered' AND unanswered > 0 THEN 'sent twice, never answered; ' ELSE '' END
                 || tried.reason,
    unanswered = unanswered + CASE WHEN tried.outcome = 'unanswered' THEN 1 ELSE 0 END
FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::float8[]) AS tried (id, claims, outcome, reason, wait)
WHERE outbox.id = tried.id AND outbox.status = 'waiting' AND outbox.claims = tried.claims
      AND outbox.leased_until IS NOT NULL
