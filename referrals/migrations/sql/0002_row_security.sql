-- A referral shows to the authority that has it, and to Kela's handlers, supervisors and system.
-- A protected one (non-disclosure, Act 661/2009, section 36) shows to the cleared, and to who sent it.
-- Where nobody acts, no row shows. The sub-selects run once a statement, bare calls might run once a row.
ALTER TABLE referrals_referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_referral FORCE ROW LEVEL SECURITY;
CREATE POLICY acts ON referrals_referral USING (
    CASE (SELECT acting_role())
        WHEN 'system' THEN true
        WHEN 'handler' THEN NOT protected OR (SELECT acting_cleared()) OR sender_id = (SELECT acting_id())
        WHEN 'supervisor' THEN NOT protected OR (SELECT acting_cleared()) OR sender_id = (SELECT acting_id())
        WHEN 'kela_system' THEN NOT protected OR (SELECT acting_cleared()) OR sender_id = (SELECT acting_id())
        WHEN 'worker' THEN receiving_authority_id = (SELECT acting_authority()) AND (NOT protected OR (SELECT acting_cleared()))
        WHEN 'lead' THEN receiving_authority_id = (SELECT acting_authority()) AND (NOT protected OR (SELECT acting_cleared()))
        WHEN 'authority_system' THEN receiving_authority_id = (SELECT acting_authority()) AND (NOT protected OR (SELECT acting_cleared()))
        ELSE false
    END
);

-- What belongs to a referral, in a table with a referral_id, shows with it and is never deleted by the application.
CREATE FUNCTION protect_with_its_referral_v1(part regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', part);
    EXECUTE format(
        'CREATE POLICY with_its_referral ON %s USING (
             (SELECT acting_role()) = ''system''
             OR EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id)
         )', part);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON %s FROM kela_kunta_app', part);
END $$;
SELECT protect_with_its_referral_v1(part::regclass) FROM unnest(ARRAY[
    'referrals_client', 'referrals_basicdecision',
    'referrals_supplementaryapplication', 'referrals_socialworkneed', 'referrals_under25', 'referrals_immigrant'
]) part;
REVOKE DELETE, TRUNCATE ON referrals_referral FROM kela_kunta_app;
REVOKE UPDATE ON referrals_basicdecision FROM kela_kunta_app;

-- Events of a referral show with it; an authority's system keeps seeing those of its own feed.
ALTER TABLE delivery_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery_event FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON delivery_event FOR SELECT USING (
    (SELECT acting_role()) = 'system'
    OR (authority_id = (SELECT acting_authority()) AND (SELECT acting_role()) = 'authority_system' AND (SELECT acting_cleared()))
    OR EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = subject_id)
);
CREATE POLICY writes ON delivery_event FOR INSERT WITH CHECK ((SELECT acting_role()) IS NOT NULL);
REVOKE UPDATE, DELETE, TRUNCATE ON delivery_event FROM kela_kunta_app;
