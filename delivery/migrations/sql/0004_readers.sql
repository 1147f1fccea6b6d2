-- A system notes its own reading; Kela's supervisors see who reads.
ALTER TABLE delivery_reader ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery_reader FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON delivery_reader USING (
    (SELECT acting_role()) = 'system'
    OR (client_id = (SELECT acting_id()) AND authority_id = (SELECT acting_authority()))
);
CREATE POLICY supervised ON delivery_reader FOR SELECT USING ((SELECT acting_role()) = 'supervisor');
REVOKE TRUNCATE ON delivery_reader FROM kela_kunta_app;
