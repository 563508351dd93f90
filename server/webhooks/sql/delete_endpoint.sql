-- Takes what is known of its calls with it; what still waits for it finds nobody.
DELETE FROM webhook_endpoints WHERE id = $1
