-- TRUNCATE, which only an operator uses, changes as much as DELETE does (see 0009 and 0010).
CREATE FUNCTION bump_all_calendar_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE calendar_revisions SET revision = revision + 1;
  RETURN NULL;
END
$$;

DO $$
DECLARE
  source text;
BEGIN
  FOREACH source IN ARRAY ARRAY['working_hours', 'staff_overrides', 'time_off', 'occupations'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_are_copied_after_truncate AFTER TRUNCATE ON %1$I
      FOR EACH STATEMENT EXECUTE FUNCTION bump_all_calendar_revisions()', source);
  END LOOP;
  FOREACH source IN ARRAY ARRAY['settings', 'service_categories', 'services', 'staff', 'staff_services', 'closures'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_are_shown_after_truncate AFTER TRUNCATE ON %1$I
      FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_revision()', source);
  END LOOP;
END
$$;
