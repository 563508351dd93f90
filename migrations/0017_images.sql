-- Images and what shows them. The files lie in a folder or in S3, under names made of the key.
--
-- An image's row is committed before its first file is written, and whatever shows the image names
-- the row: so files without an owner can always be found (unnamed_since), those of an upload that
-- died half-way too, and no row that is named can be deleted.
CREATE TABLE images (
  id            uuid PRIMARY KEY,
  key           uuid NOT NULL UNIQUE,           -- 128 random bits, part of the address
  kind          text NOT NULL CHECK (kind IN ('avatar', 'service', 'gallery')),
  width         integer NOT NULL CHECK (width > 0),    -- of what was sent, pixels
  height        integer NOT NULL CHECK (height > 0),
  blurhash      text NOT NULL,
  alt           text NOT NULL DEFAULT '' CHECK (length(alt) <= 250),
  widths        smallint[] NOT NULL,            -- of its files, the narrowest first
  heights       smallint[] NOT NULL,
  webp_bytes    integer[] NOT NULL,
  jpeg_bytes    integer[] NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  unnamed_since timestamptz DEFAULT now(),      -- nobody has named it since; NULL: somebody does
  CHECK (cardinality(widths) BETWEEN 1 AND 3
         AND cardinality(widths) = cardinality(heights)
         AND cardinality(widths) = cardinality(webp_bytes)
         AND cardinality(widths) = cardinality(jpeg_bytes))
);
CREATE INDEX images_unnamed ON images (unnamed_since) WHERE unnamed_since IS NOT NULL;

ALTER TABLE services ADD COLUMN image_id uuid UNIQUE REFERENCES images;
ALTER TABLE users ADD COLUMN avatar_id uuid UNIQUE REFERENCES images;

CREATE TABLE gallery_items (
  id         uuid PRIMARY KEY,
  image_id   uuid NOT NULL UNIQUE REFERENCES images,
  position   integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  version    bigint NOT NULL DEFAULT 1
);
CREATE INDEX gallery_items_by_position ON gallery_items (position, id);

CREATE TRIGGER gallery_items_are_shown AFTER INSERT OR UPDATE OR DELETE ON gallery_items
  FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_revision();
CREATE TRIGGER gallery_items_are_shown_after_truncate AFTER TRUNCATE ON gallery_items
  FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_revision();
