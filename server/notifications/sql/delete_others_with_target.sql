-- An address that another device had, whoever that belongs to: the app was installed anew, or somebody else uses it.
DELETE FROM devices WHERE target_key = $1 AND id <> $2
RETURNING user_id
