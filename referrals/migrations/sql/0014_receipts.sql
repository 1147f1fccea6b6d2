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
