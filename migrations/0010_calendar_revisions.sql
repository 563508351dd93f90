-- A number a member that changes whenever something does that decides when the member is free, in the
-- very transaction that changes it: a server that holds copies of calendars looks at it to learn that
-- another one, or psql, has written. Bookings of one member wait for each other anyway (R52).
CREATE TABLE calendar_revisions (
  staff_id uuid   PRIMARY KEY REFERENCES staff ON DELETE CASCADE,
  -- Starts at the time of day and not at 1: never again the number of a copy that somebody may hold.
  revision bigint NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000)::bigint
) WITH (fillfactor = 50);   -- updated in place, over and over
INSERT INTO calendar_revisions (staff_id) SELECT id FROM staff;

CREATE FUNCTION add_calendar_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO calendar_revisions (staff_id) VALUES (NEW.id);
  RETURN NULL;
END
$$;
CREATE TRIGGER staff_have_calendars AFTER INSERT ON staff
  FOR EACH ROW EXECUTE FUNCTION add_calendar_revision();

-- Once a statement, however many rows it writes. A row may go from one member to another.
CREATE FUNCTION bump_calendar_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE calendar_revisions SET revision = revision + 1
  WHERE staff_id IN (SELECT staff_id FROM changed);
  RETURN NULL;
END
$$;
CREATE FUNCTION bump_calendar_revisions_of_both() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE calendar_revisions SET revision = revision + 1
  WHERE staff_id IN (SELECT staff_id FROM before UNION SELECT staff_id FROM changed);
  RETURN NULL;
END
$$;

DO $$
DECLARE
  source text;
BEGIN
  FOREACH source IN ARRAY ARRAY['working_hours', 'staff_overrides', 'time_off', 'occupations'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_are_copied_after_insert AFTER INSERT ON %1$I
      REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bump_calendar_revisions()', source);
    EXECUTE format('CREATE TRIGGER %1$s_are_copied_after_delete AFTER DELETE ON %1$I
      REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION bump_calendar_revisions()', source);
    EXECUTE format('CREATE TRIGGER %1$s_are_copied_after_update AFTER UPDATE ON %1$I
      REFERENCING OLD TABLE AS before NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION bump_calendar_revisions_of_both()', source);
  END LOOP;
END
$$;

-- Closures are no member's own: they count among what holds for the whole business.
CREATE TRIGGER closures_are_shown AFTER INSERT OR UPDATE OR DELETE ON closures
  FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_revision();
