-- What an order of the categories must name. At most as many as there may be.
SELECT id FROM service_categories
