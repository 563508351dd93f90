-- Somebody who is to be told something; nobody where the account is disabled or gone.
SELECT name, email, CASE WHEN phone_verified THEN phone END, locale
FROM users
WHERE id = $1 AND status = 'active'
