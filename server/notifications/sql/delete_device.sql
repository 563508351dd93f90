-- By its owner alone (R16).
DELETE FROM devices WHERE id = $1 AND user_id = $2
