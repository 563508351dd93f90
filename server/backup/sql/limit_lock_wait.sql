-- A table that somebody holds locked ends the backup with a sentence, not never.
SET lock_timeout = '30s'
