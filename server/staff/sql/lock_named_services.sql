-- The services that a member is about to do stay until the transaction ends. Sorted, and taken before the first write, as a service's removal takes the service before it writes: so nobody deadlocks.
SELECT id FROM services WHERE id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE
