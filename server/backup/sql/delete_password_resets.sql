-- A link that was used or replaced after the backup must not open again.
DELETE FROM password_resets
