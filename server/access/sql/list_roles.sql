-- Every role with what it may do, in the fixed order of their ids.
SELECT r.id, r.name, r.is_system,
       ARRAY(SELECT p.permission_id FROM role_permissions p WHERE p.role_id = r.id ORDER BY p.permission_id)
FROM roles r ORDER BY r.id
