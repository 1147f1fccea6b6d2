-- The lawful moves, held a second time: the same pairs as referrals/rules/lifecycle.py, which a test compares.
CREATE TABLE referrals_lawfulmove (
    old_status text NOT NULL,
    new_status text NOT NULL,
    PRIMARY KEY (old_status, new_status)
);
INSERT INTO referrals_lawfulmove VALUES
    ('sent', 'delivered'), ('sent', 'unroutable'), ('sent', 'withdrawn'),
    ('unroutable', 'delivered'), ('unroutable', 'withdrawn'),
    ('delivered', 'delivered'), ('delivered', 'acknowledged'), ('delivered', 'in_progress'),
    ('delivered', 'returned'), ('delivered', 'withdrawn'),
    ('acknowledged', 'delivered'), ('acknowledged', 'in_progress'), ('acknowledged', 'returned'),
    ('acknowledged', 'closed'), ('acknowledged', 'withdrawn'),
    ('in_progress', 'delivered'), ('in_progress', 'returned'), ('in_progress', 'closed'),
    ('returned', 'delivered'), ('returned', 'withdrawn');
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON referrals_lawfulmove FROM kela_kunta_app;

-- Where pg_temp is not named it is searched first, and the application may make temporary tables.
CREATE FUNCTION referral_moves_lawfully_v1() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.version <= OLD.version THEN
        RAISE EXCEPTION 'a change of a referral makes a new version' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.type, NEW.sender_id, NEW.key, NEW.digest, NEW.sent_at, NEW.protected)
        IS DISTINCT FROM (OLD.type, OLD.sender_id, OLD.key, OLD.digest, OLD.sent_at, OLD.protected) THEN
        RAISE EXCEPTION 'what was sent never changes' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND NOT EXISTS (
        SELECT 1 FROM referrals_lawfulmove WHERE old_status = OLD.status AND new_status = NEW.status
    ) THEN
        RAISE EXCEPTION 'no move from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.receiving_authority_id IS DISTINCT FROM OLD.receiving_authority_id AND NEW.status <> 'delivered' THEN
        RAISE EXCEPTION 'only a delivery changes who holds a referral' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lawful_moves BEFORE UPDATE ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION referral_moves_lawfully_v1();
