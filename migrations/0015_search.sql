-- What a search for text in everyone's appointments needs, so that it reads what matches and no more.

-- Every three characters in a row of `content`, in lower case as ILIKE has it; the last two are filled up,
-- so that each character begins a piece. (pg_trgm sees ASCII letters only in a database without a locale,
-- as the private one is: it knows nothing of Łukasz, Иван or 李明, and never of 100%.)
CREATE FUNCTION trigrams(content text) RETURNS tsvector
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  characters text[] := string_to_array(lower(content) || E'\n\n', NULL);
BEGIN
  RETURN array_to_tsvector((SELECT array_agg(one || two || three)
                            FROM unnest(characters, characters[2:], characters[3:]) AS piece (one, two, three)
                            WHERE three IS NOT NULL));
END
$$;

-- What the trigrams of each text fulfil that contains `content`: all of its own, or for one or two
-- characters any that begins with them.
CREATE FUNCTION trigrams_of_what_contains(content text) RETURNS tsquery
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  folded text := lower(content);
BEGIN
  RETURN (SELECT string_agg('''' || replace(replace(piece, E'\\', E'\\\\'), '''', '''''') || ''''
                            || CASE WHEN char_length(piece) < 3 THEN ':*' ELSE '' END, ' & ')
          FROM (SELECT DISTINCT substr(folded, first, 3) AS piece
                FROM generate_series(1, greatest(char_length(folded) - 2, 1)) AS first) AS pieces)::tsquery;
END
$$;

-- What a search of customers looks into; the columns apart say what matched.
CREATE FUNCTION user_text(name text, email text, phone text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN name || E'\n' || email || E'\n' || coalesce(phone, '');

-- What an appointment itself says.
CREATE FUNCTION appointment_text(notes text, customer_name text, customer_phone text, customer_email text)
  RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN notes || E'\n' || coalesce(customer_name, '') || E'\n' || coalesce(customer_phone, '') || E'\n'
         || coalesce(customer_email, '');

-- Without fastupdate each write pays for itself, and no booking for hundreds before it.
CREATE INDEX users_by_text ON users USING gin (trigrams(user_text(name, email, phone)))
  WITH (fastupdate = off);

-- Bookings of an account without notes are most, and pay nothing.
CREATE INDEX appointments_by_text ON appointments
  USING gin (trigrams(appointment_text(notes, customer_name, customer_phone, customer_email)))
  WITH (fastupdate = off)
  WHERE notes <> '' OR customer_name IS NOT NULL;
