-- How fast an authority is shows to those at Kela who send, and to itself; our own job measures.
ALTER TABLE referrals_pace ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_pace FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON referrals_pace FOR SELECT USING (
    (SELECT acting_role()) IN ('handler', 'supervisor', 'kela_system')
    OR authority_id = (SELECT acting_authority())
);
CREATE POLICY measures ON referrals_pace USING ((SELECT acting_role()) = 'system');
REVOKE TRUNCATE ON referrals_pace FROM kela_kunta_app;
