-- The total of list_categories, only where a client asks for it.
SELECT count(*) FROM service_categories
