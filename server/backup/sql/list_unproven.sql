-- After a restore every constraint has been proven and every index is whole.
SELECT conname FROM pg_constraint WHERE NOT convalidated
UNION ALL
SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready
