-- What holds for every booking, and the closures from $1 days before today on. The revision is read by the first of the statements that make a copy, so that the copy is never older than it says.
SELECT catalogue_revision.revision, settings.timezone, settings.slot_interval, settings.min_notice,
       settings.max_advance_days,
       ARRAY(SELECT date FROM closures WHERE date >= current_date - $1::int ORDER BY date)
FROM settings, catalogue_revision
