-- Whose deleted referrals were is our own jobs' to know; the functions that delete write it.
ALTER TABLE referrals_trace ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_trace FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON referrals_trace USING ((SELECT acting_role()) = 'system');
SELECT never_in_a_test_v1('referrals_trace');
REVOKE UPDATE, TRUNCATE ON referrals_trace FROM kela_kunta_app;
