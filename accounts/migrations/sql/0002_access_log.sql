-- A look is noted in the name of who looked; only our own jobs write for others. The auditor reads, nobody changes.
ALTER TABLE accounts_accesslog ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts_accesslog FORCE ROW LEVEL SECURITY;
CREATE POLICY writes ON accounts_accesslog FOR INSERT WITH CHECK (
    (SELECT acting_role()) = 'system'
    OR (role = (SELECT acting_role()) AND actor_id = (SELECT acting_id()))
);
CREATE POLICY reads ON accounts_accesslog FOR SELECT USING ((SELECT acting_role()) IN ('auditor', 'system'));
REVOKE UPDATE, DELETE, TRUNCATE ON accounts_accesslog FROM kela_kunta_app;

-- Who looked at test data is nobody's business.
CREATE POLICY never_in_a_test ON accounts_accesslog AS RESTRICTIVE FOR INSERT WITH CHECK (NOT (SELECT acting_test()));

-- Lines of the access log go by this function alone, and none that is younger than the law has it kept.
CREATE POLICY purged ON accounts_accesslog FOR DELETE USING ((SELECT acting_role()) = 'system');
CREATE FUNCTION purge_looks_v1(before timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    number bigint;
BEGIN
    IF acting_role() IS DISTINCT FROM 'system' OR before > now() - interval '12 years' + interval '1 day' THEN
        RAISE EXCEPTION 'the access log is kept for 12 years' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM accounts_accesslog WHERE at < before;
    GET DIAGNOSTICS number = ROW_COUNT;
    RETURN number;
END $$;
