-- Who acts, as the present transaction was told (kela_kunta/base/actor.py).
-- After a local set_config the setting is '' and not NULL, hence nullif.
CREATE FUNCTION acting_role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('kela_kunta.role', true), '');
CREATE FUNCTION acting_id() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('kela_kunta.actor', true), '');
CREATE FUNCTION acting_authority() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('kela_kunta.authority', true), '');
CREATE FUNCTION acting_cleared() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('kela_kunta.cleared', true), '') = 't';

-- The order of the Finnish alphabet, without ICU: å ä ö come after z.
CREATE FUNCTION finnish_order(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(lower(normalize(name, NFC) COLLATE pg_c_utf8), 'åäöéüáàè', '{|}euaae');
