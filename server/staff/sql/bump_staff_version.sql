-- What a member has in other tables has changed.
UPDATE staff SET updated_at = now(), version = version + 1 WHERE id = $1
