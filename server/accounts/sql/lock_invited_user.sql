-- An address is invited again: the invitation before is replaced.
SELECT id, role_id FROM users WHERE email = $1 AND status = 'invited' FOR NO KEY UPDATE
