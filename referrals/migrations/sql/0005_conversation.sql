-- Messages and who has read them show with their referral. What is internal shows to the side that wrote it alone,
-- also after a transfer. Everybody writes, and has read, in their own name; nothing is changed or taken back.
SELECT protect_with_its_referral_v1(part::regclass) FROM unnest(ARRAY[
    'referrals_message', 'referrals_messagesread'
]) part;
CREATE POLICY internal_to_its_side ON referrals_message AS RESTRICTIVE USING (
    NOT internal OR (SELECT acting_role()) = 'system' OR side = (SELECT acting_authority())
);
CREATE POLICY in_own_name ON referrals_message AS RESTRICTIVE FOR INSERT WITH CHECK (
    (SELECT acting_role()) = 'system'
    OR (role = (SELECT acting_role()) AND author_id = (SELECT acting_id()) AND side = (SELECT acting_authority()))
);
REVOKE UPDATE ON referrals_message FROM kela_kunta_app;

CREATE POLICY reads_in_own_name ON referrals_messagesread AS RESTRICTIVE FOR INSERT WITH CHECK (
    (SELECT acting_role()) = 'system'
    OR (reader_id = (SELECT acting_id()) AND side = (SELECT acting_authority()))
);
CREATE POLICY reads_on_in_own_name ON referrals_messagesread AS RESTRICTIVE FOR UPDATE USING (
    (SELECT acting_role()) = 'system' OR reader_id = (SELECT acting_id())
);

-- A receipt shows with its referral, to Kela and to the authority whose system gave it; that system alone gives it.
SELECT protect_with_its_referral_v1('referrals_receipt');
CREATE POLICY told_to_both_sides ON referrals_receipt AS RESTRICTIVE FOR SELECT USING (
    (SELECT acting_role()) IN ('system', 'handler', 'supervisor', 'kela_system')
    OR authority_id = (SELECT acting_authority())
);
CREATE POLICY given_in_own_name ON referrals_receipt AS RESTRICTIVE FOR INSERT WITH CHECK (
    (SELECT acting_role()) = 'system'
    OR (
        (SELECT acting_role()) = 'authority_system'
        AND authority_id = (SELECT acting_authority()) AND client_id = (SELECT acting_id())
    )
);
REVOKE UPDATE ON referrals_receipt FROM kela_kunta_app;
