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

-- What a referral tells is added by the side that sends, and is never changed.
CREATE FUNCTION told_by_the_sending_side_v1(part regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE POLICY told_by_the_sending_side ON %s AS RESTRICTIVE FOR INSERT WITH CHECK (
             (SELECT acting_role()) IN (''system'', ''handler'', ''supervisor'', ''kela_system'')
         )', part);
    EXECUTE format('REVOKE UPDATE ON %s FROM kela_kunta_app', part);
END $$;

SELECT protect_with_its_referral_v1(part::regclass), told_by_the_sending_side_v1(part::regclass) FROM unnest(ARRAY[
    'referrals_client', 'referrals_basicdecision',
    'referrals_supplementaryapplication', 'referrals_socialworkneed', 'referrals_under25', 'referrals_over25',
    'referrals_immigrant', 'referrals_loweredbasicamount', 'referrals_attachment', 'referrals_attachmentcontent'
]) part;
REVOKE DELETE, TRUNCATE ON referrals_referral FROM kela_kunta_app;

-- Who may add what, held a second time: Kela's side sends, each in their own name, and nobody tells what another did.
-- Restrictive policies narrow what the others allow.
CREATE POLICY sends ON referrals_referral AS RESTRICTIVE FOR INSERT WITH CHECK (
    (SELECT acting_role()) = 'system'
    OR (
        (SELECT acting_role()) IN ('handler', 'supervisor', 'kela_system')
        AND sender_id = (SELECT acting_id()) AND sender_role = (SELECT acting_role())
    )
);

-- Encrypted bytes do not get smaller.
ALTER TABLE referrals_attachmentcontent ALTER COLUMN sealed SET STORAGE EXTERNAL;

-- Events of a referral show with it too.
-- An authority's system reads its whole feed, also that a referral left it; of the protected only when it is cleared.
-- By plain columns of the event, so that no look at the referral is needed, which the authority may not have any more.
CREATE POLICY reads ON delivery_event FOR SELECT USING (
    (SELECT acting_role()) = 'system'
    OR (
        authority_id = (SELECT acting_authority()) AND (SELECT acting_role()) = 'authority_system'
        AND (NOT protected OR (SELECT acting_cleared()))
    )
    OR EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = subject_id)
);
