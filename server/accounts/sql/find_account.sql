-- An account with its role and what that may do.
SELECT u.id, u.name, u.email, u.email_verified, u.phone, u.locale, u.timezone, u.created_at, u.updated_at,
       u.version, r.id, r.name,
       ARRAY(SELECT p.permission_id FROM role_permissions p WHERE p.role_id = u.role_id ORDER BY p.permission_id),
       u.phone_verified, images.key, images.kind, images.width, images.height, images.blurhash, images.alt,
       images.widths, images.heights, u.status
FROM users u JOIN roles r ON r.id = u.role_id LEFT JOIN images ON images.id = u.avatar_id
WHERE u.id = $1
