-- A name as it is searched: in lower case, without accents, words parted by one space.
CREATE FUNCTION search_text(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN trim(regexp_replace(lower(unaccent(name)), '[^a-z0-9]+', ' ', 'g'));

-- "Esimerkki Aino" for "Aino Esimerkki".
CREATE FUNCTION family_name_first(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(name, '^(.*) (\S+)$', '\2 \1');

-- Each of the names whole, and its tails: what is left of it from a later word on. NULL is no name,
-- and what unaccent makes too long for the column is cut.
CREATE FUNCTION search_names(VARIADIC names text[]) RETURNS TABLE (name text, tail boolean) LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT DISTINCT ON (1) ltrim(substring(whole FROM place)), place > 1
    FROM unnest(names) AS given (text), left(search_text(text), 120) AS whole, generate_series(1, length(whole)) AS place
    WHERE place = 1 OR substring(whole FROM place FOR 1) = ' '
    ORDER BY 1, 2;
END;

-- Most postal codes bear the name of their municipality: whoever types it means that.
CREATE FUNCTION called_like_its_municipality(kind text, municipality text, name text) RETURNS boolean LANGUAGE sql STABLE
    RETURN kind = 'place' AND EXISTS (
        SELECT FROM contacts_searchname AS other
        WHERE other.kind = 'municipality' AND other.key = municipality AND other.name = called_like_its_municipality.name
    );

-- Keeps the names of a row: the trigger says what it is, its key's column, and the columns that hold names.
CREATE FUNCTION keep_search_names() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    given jsonb := to_jsonb(NEW);
    names text[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM contacts_searchname WHERE kind = TG_ARGV[0] AND key = to_jsonb(OLD) ->> TG_ARGV[1];
    END IF;
    IF TG_OP <> 'DELETE' THEN
        names := ARRAY(SELECT given ->> TG_ARGV[place] FROM generate_series(2, TG_NARGS - 1) AS place);
        INSERT INTO contacts_searchname (kind, key, name, tail)
        SELECT TG_ARGV[0], given ->> TG_ARGV[1], found.name, found.tail
        FROM search_names(VARIADIC names || family_name_first(given ->> 'person')) AS found
        WHERE NOT called_like_its_municipality(TG_ARGV[0], given ->> 'municipality_id', found.name);
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE source record;
BEGIN
    FOR source IN SELECT * FROM (VALUES
        ('municipality', 'contacts_municipality', 'code', 'name_fi, name_sv', ''),
        ('place', 'contacts_postalcode', 'code', 'name_fi, name_sv', ', municipality_id'),
        ('region', 'contacts_region', 'code', 'name_fi, name_sv, name_en', ''),
        ('authority', 'contacts_authority', 'code', 'name_fi, name_sv, name_en', ''),
        ('contact', 'contacts_contact', 'id', 'person, title_fi, title_sv', '')
    ) AS source (kind, named, key, names, more) LOOP
        EXECUTE format(
            'CREATE TRIGGER search_names AFTER INSERT OR DELETE OR UPDATE OF %s ON %I
             FOR EACH ROW EXECUTE FUNCTION keep_search_names(%L, %L, %s)',
            source.names || source.more, source.named, source.kind, source.key,
            (SELECT string_agg(quote_literal(name), ', ') FROM unnest(string_to_array(source.names, ', ')) AS name)
        );
        -- What is there already.
        EXECUTE format(
            'INSERT INTO contacts_searchname (kind, key, name, tail)
             SELECT %1$L, named.%2$I, found.name, found.tail
             FROM %3$I AS named, to_jsonb(named) AS given,
                search_names(%4$s, family_name_first(given ->> ''person'')) AS found
             WHERE NOT called_like_its_municipality(%1$L, given ->> ''municipality_id'', found.name)',
            source.kind, source.key, source.named, source.names
        );
    END LOOP;
END $$;

-- The triggers write, and nobody else.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON contacts_searchname FROM kela_kunta_app;
