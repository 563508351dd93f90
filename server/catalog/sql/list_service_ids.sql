-- What an order of the services may name, and (the active ones) must. At most as many as there may be.
SELECT id, active FROM services
