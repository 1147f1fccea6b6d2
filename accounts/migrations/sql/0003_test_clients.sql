-- What a client sent and keeps belongs to the test or is live: it does not change sides.
CREATE FUNCTION client_stays_on_its_side_v1() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a client is for testing, or it is not, for good' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER stays_on_its_side BEFORE UPDATE ON accounts_apiclient
    FOR EACH ROW WHEN (NEW.test <> OLD.test) EXECUTE FUNCTION client_stays_on_its_side_v1();
