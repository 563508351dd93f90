-- The time of a member that is taken and not over. Nothing lasts longer than a day.
SELECT id, starts_at, ends_at
FROM occupations
WHERE staff_id = $1 AND active AND starts_at > now() - interval '1 day' AND ends_at > now()
ORDER BY starts_at
