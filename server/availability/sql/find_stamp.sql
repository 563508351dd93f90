-- What tells whether copies in memory are still right, and the database's clock (R62): asked before every answer that is made of copies.
SELECT clock_timestamp(), (SELECT revision FROM catalogue_revision),
       (SELECT coalesce(sum(revision), 0)::bigint FROM calendar_revisions)
