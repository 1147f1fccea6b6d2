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
