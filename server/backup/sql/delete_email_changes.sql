-- As with the links of forgotten passwords.
DELETE FROM email_changes
