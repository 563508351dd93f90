-- R32: customers in whose name $1 occurs (as a pattern: $2) or whose whole e-mail address or phone
-- number it is; in whose address or number it occurs with $3 only, so that nobody finds out letter by
-- letter what they may not read. One more than a search takes. Planned for all of them, and read only as far.
WITH found AS MATERIALIZED (
  SELECT id
  FROM users
  WHERE trigrams(user_text(name, email, phone)) @@ trigrams_of_what_contains($1)
    AND (name ILIKE $2 OR email = $1 OR phone = $1 OR $3 AND (email ILIKE $2 OR phone ILIKE $2))
)
SELECT id FROM found LIMIT 1001
