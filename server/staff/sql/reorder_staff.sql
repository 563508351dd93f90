-- The business's order from now on; who keeps their place keeps their version.
UPDATE staff
SET position = wanted.position, updated_at = now(), version = version + 1
FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, position)
WHERE staff.id = wanted.id AND staff.position <> wanted.position
