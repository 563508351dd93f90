-- Whether a member ($1) would do more or less with these services ($2) in place of the active ones. Only then is anything written: even a statement that touches no row makes a new revision of the catalogue.
SELECT EXISTS (SELECT FROM staff_services JOIN services ON services.id = staff_services.service_id
               WHERE staff_services.staff_id = $1 AND services.active
                 AND staff_services.service_id <> ALL ($2::uuid[]))
    OR EXISTS (SELECT FROM unnest($2::uuid[]) AS wanted (id)
               WHERE NOT EXISTS (SELECT FROM staff_services
                                 WHERE staff_id = $1 AND service_id = wanted.id))
