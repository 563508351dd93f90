-- One number that changes whenever something does that the public catalogue shows, whoever changes
-- it: a server that keeps answers looks at it to learn that another one, or psql, has written.
CREATE TABLE catalogue_revision (
  id       boolean PRIMARY KEY DEFAULT true CHECK (id),   -- exactly one row
  revision bigint NOT NULL DEFAULT 1
);
INSERT INTO catalogue_revision DEFAULT VALUES;

CREATE FUNCTION bump_catalogue_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE catalogue_revision SET revision = revision + 1;
  RETURN NULL;
END
$$;

CREATE TRIGGER settings_are_shown AFTER INSERT OR UPDATE OR DELETE ON settings
  FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_revision();
CREATE TRIGGER service_categories_are_shown AFTER INSERT OR UPDATE OR DELETE ON service_categories
  FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_revision();
CREATE TRIGGER services_are_shown AFTER INSERT OR UPDATE OR DELETE ON services
  FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_revision();
CREATE TRIGGER staff_are_shown AFTER INSERT OR UPDATE OR DELETE ON staff
  FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_revision();
CREATE TRIGGER staff_services_are_shown AFTER INSERT OR UPDATE OR DELETE ON staff_services
  FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_revision();
