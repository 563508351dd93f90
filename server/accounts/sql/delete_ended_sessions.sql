-- House-keeping: sessions past their end, with their refresh tokens. A revoked one stays till then, so that a stolen
-- token of it is still recognised.
DELETE FROM sessions WHERE id IN
  (SELECT id FROM sessions WHERE expires_at < clock_timestamp() - interval '1 day' LIMIT $1)
