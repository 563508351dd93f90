-- services_category_id_fkey refuses while services belong to it.
DELETE FROM service_categories WHERE id = $1
