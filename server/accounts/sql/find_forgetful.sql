-- Who wants a new password, by normalised address. The same look for all: the time must not tell who is invited (R05).
SELECT u.id, u.email_verified AND u.status = 'active', r.name, u.locale,
       (SELECT extract(epoch FROM max(token_expires_at) - clock_timestamp())::float8
        FROM password_resets
        WHERE user_id = u.id AND u.status = 'invited' AND token_expires_at > clock_timestamp())
FROM users u JOIN roles r ON r.id = u.role_id
WHERE u.email = $1
