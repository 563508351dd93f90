-- One service by its id, a retired one too.
SELECT services.id, services.category_id, services.name, services.description, services.price,
       settings.currency, services.duration, services.buffer_before, services.buffer_after,
       services.capacity, services.min_notice, services.active, services.position, services.version,
       ARRAY(SELECT staff.id
             FROM staff_services JOIN staff ON staff.id = staff_services.staff_id
             WHERE staff_services.service_id = services.id AND staff.active
             ORDER BY staff.position, staff.id),
       services.max_advance_days, images.key, images.kind, images.width, images.height, images.blurhash,
       images.alt, images.widths, images.heights
FROM services CROSS JOIN settings LEFT JOIN images ON images.id = services.image_id
WHERE services.id = $1
