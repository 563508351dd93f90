-- Secrets that sign nothing any more.
UPDATE webhook_endpoints SET former_secret = NULL, former_until = NULL WHERE former_until <= now()
