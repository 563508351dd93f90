-- In how many places an account is logged in.
SELECT count(*) FROM sessions WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > clock_timestamp()
