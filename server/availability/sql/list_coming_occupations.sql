-- The time of a member that is taken and not over, where it touches a stretch of time ($2 to $3). Nothing lasts longer than a day.
SELECT id, starts_at, ends_at
FROM occupations
WHERE staff_id = $1 AND active AND starts_at > now() - interval '1 day' AND ends_at > now()
  AND starts_at > $2::timestamptz - interval '1 day' AND ends_at > $2 AND starts_at < $3
ORDER BY starts_at
