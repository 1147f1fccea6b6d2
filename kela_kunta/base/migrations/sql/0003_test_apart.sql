-- Whether who acts does so for a test (kela_kunta/base/actor.py).
CREATE FUNCTION acting_test() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('kela_kunta.test', true), '') = 't';

-- A row is test data or live data, as who wrote it, for good; it shows to the same side alone, to our own jobs too.
CREATE FUNCTION keep_test_apart_v1(part regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ADD COLUMN IF NOT EXISTS test boolean NOT NULL DEFAULT acting_test()', part);
    EXECUTE format('CREATE POLICY test_apart ON %s AS RESTRICTIVE USING (test = (SELECT acting_test()))', part);
END $$;

-- What people and live systems alone have to do with is closed to a test.
CREATE FUNCTION never_in_a_test_v1(part regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY never_in_a_test ON %s AS RESTRICTIVE USING (NOT (SELECT acting_test()))', part);
END $$;
