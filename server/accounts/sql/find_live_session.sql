-- R12: whether a session is alive, whose it is, which member of staff that is, unless they have left, and what its role may do now.
SELECT s.user_id,
       ARRAY(SELECT p.permission_id FROM role_permissions p WHERE p.role_id = u.role_id),
       (SELECT id FROM staff WHERE staff.user_id = s.user_id AND staff.active)
FROM sessions s JOIN users u ON u.id = s.user_id
WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp() AND u.status = 'active'
