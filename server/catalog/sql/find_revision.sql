-- Changes with whatever the public catalogue shows: see migration catalogue_revision.
SELECT revision FROM catalogue_revision
