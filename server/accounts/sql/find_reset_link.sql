-- R08: whose link it is, while it is good.
SELECT r.id, u.email
FROM password_resets r JOIN users u ON u.id = r.user_id
WHERE r.token_sha256 = $1 AND r.token_expires_at > clock_timestamp()
