-- Those who look after the installation. More than fifty would be everybody.
SELECT users.id
FROM users
JOIN role_permissions ON role_permissions.role_id = users.role_id
JOIN permissions ON permissions.id = permission_id
WHERE slug = 'settings.manage' AND status = 'active'
ORDER BY users.id
LIMIT 50
