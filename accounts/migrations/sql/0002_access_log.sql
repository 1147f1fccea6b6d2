-- Everybody who acts writes to the access log; the auditor reads it; nobody changes it.
ALTER TABLE accounts_accesslog ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts_accesslog FORCE ROW LEVEL SECURITY;
CREATE POLICY writes ON accounts_accesslog FOR INSERT WITH CHECK ((SELECT acting_role()) IS NOT NULL);
CREATE POLICY reads ON accounts_accesslog FOR SELECT USING ((SELECT acting_role()) IN ('auditor', 'system'));
REVOKE UPDATE, DELETE, TRUNCATE ON accounts_accesslog FROM kela_kunta_app;
