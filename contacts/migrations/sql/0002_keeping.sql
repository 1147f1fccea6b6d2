-- The directory shows to everybody. Its owners write it: their own people, Kela's editor for Kela,
-- and the editor too for practices, which both sides propose and agree.
DO $$
DECLARE part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['contacts_contact', 'contacts_servicepoint', 'contacts_localpractice'] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', part);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', part);
        EXECUTE format('CREATE POLICY reads ON %s FOR SELECT USING (true)', part);
        EXECUTE format('CREATE POLICY keeps ON %s USING (
            CASE (SELECT acting_role())
                WHEN ''system'' THEN true
                WHEN ''editor'' THEN owner_id = ''kela'' OR %L = ''contacts_localpractice''
                WHEN ''directory'' THEN owner_id = (SELECT acting_authority())
                WHEN ''lead'' THEN owner_id = (SELECT acting_authority())
                ELSE false
            END)', part, part);
        EXECUTE format('REVOKE TRUNCATE ON %s FROM kela_kunta_app', part);
    END LOOP;
END $$;

-- What was done is told in the name of who did it, and stays.
ALTER TABLE contacts_revision ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts_revision FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON contacts_revision FOR SELECT USING (true);
CREATE POLICY writes ON contacts_revision FOR INSERT WITH CHECK (
    (SELECT acting_role()) = 'system'
    OR (role = (SELECT acting_role()) AND actor_id = (SELECT acting_id()) AND actor_authority = (SELECT acting_authority()))
);
REVOKE UPDATE, DELETE, TRUNCATE ON contacts_revision FROM kela_kunta_app;

-- An authority's lead alone tells that it pauses.
ALTER TABLE contacts_pause ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts_pause FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON contacts_pause FOR SELECT USING (true);
CREATE POLICY leads ON contacts_pause USING (
    (SELECT acting_role()) = 'system'
    OR ((SELECT acting_role()) = 'lead' AND authority_id = (SELECT acting_authority()))
);
REVOKE TRUNCATE ON contacts_pause FROM kela_kunta_app;

-- An upload shows to who made it; a job of our own sweeps those whose hour is over.
ALTER TABLE contacts_upload ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts_upload FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON contacts_upload USING (
    (SELECT acting_role()) = 'system' OR actor_id = (SELECT acting_id())
);
REVOKE TRUNCATE ON contacts_upload FROM kela_kunta_app;

-- What the nightly look found shows to everybody, is written by the job alone, and stays as it was.
ALTER TABLE contacts_directorycheck ENABLE ROW LEVEL SECURITY;
ALTER TABLE contacts_directorycheck FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON contacts_directorycheck FOR SELECT USING (true);
CREATE POLICY looks ON contacts_directorycheck FOR INSERT WITH CHECK ((SELECT acting_role()) = 'system');
REVOKE UPDATE, DELETE, TRUNCATE ON contacts_directorycheck FROM kela_kunta_app;
