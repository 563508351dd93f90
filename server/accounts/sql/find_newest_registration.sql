-- The registration whose code a resend replaces.
SELECT id, locale FROM pending_registrations WHERE email = $1 ORDER BY created_at DESC, id DESC LIMIT 1
