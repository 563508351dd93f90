-- Whose login a member of staff has. One whose owner is invited has not proved its address, and what members are told
-- names customers.
SELECT users.id FROM staff JOIN users ON users.id = staff.user_id
WHERE staff.id = $1 AND staff.active AND users.status = 'active'
