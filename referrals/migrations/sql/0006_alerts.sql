-- Who has had assistance, and for which months, shows to Kela's own people; a protected person to the cleared alone.
-- Only our own jobs write it. What hangs on a recipient shows with the recipient.
ALTER TABLE referrals_recipient ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_recipient FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs_write ON referrals_recipient USING ((SELECT acting_role()) = 'system');
CREATE POLICY kela_reads ON referrals_recipient FOR SELECT USING (
    (SELECT acting_role()) IN ('handler', 'supervisor') AND (NOT non_disclosure OR (SELECT acting_cleared()))
);

CREATE FUNCTION protect_with_its_recipient_v1(part regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', part);
    EXECUTE format('CREATE POLICY jobs_write ON %s USING ((SELECT acting_role()) = ''system'')', part);
    EXECUTE format(
        'CREATE POLICY with_its_recipient ON %s FOR SELECT USING (
             (SELECT acting_role()) IN (''handler'', ''supervisor'')
             AND EXISTS (SELECT 1 FROM referrals_recipient r WHERE r.id = recipient_id)
         )', part);
END $$;
SELECT protect_with_its_recipient_v1(part::regclass) FROM unnest(ARRAY[
    'referrals_assistancemonth', 'referrals_watch', 'referrals_alert'
]) part;

-- A run and an import hold numbers alone. Kela reads them, a supervisor recalls them.
CREATE FUNCTION recalled_by_supervisors_v1(part regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', part);
    EXECUTE format('CREATE POLICY jobs_write ON %s USING ((SELECT acting_role()) = ''system'')', part);
    EXECUTE format(
        'CREATE POLICY kela_reads ON %s FOR SELECT USING ((SELECT acting_role()) IN (''handler'', ''supervisor''))', part);
    EXECUTE format(
        'CREATE POLICY supervisor_recalls ON %s FOR UPDATE USING ((SELECT acting_role()) = ''supervisor'')
             WITH CHECK (recalled_by_id = (SELECT acting_id()))', part);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON %s FROM kela_kunta_app', part);
END $$;
SELECT recalled_by_supervisors_v1(part::regclass) FROM unnest(ARRAY[
    'referrals_alertrun', 'referrals_assistanceimport'
]) part;
REVOKE DELETE, TRUNCATE ON referrals_alertrule FROM kela_kunta_app;

-- What only may become an alert goes again; an alert stays, until it is not kept any more.
CREATE POLICY alerts_stay ON referrals_alert AS RESTRICTIVE FOR DELETE
    USING (state IN ('lacking', 'coming') OR current_user <> 'kela_kunta_app');
REVOKE TRUNCATE ON referrals_recipient, referrals_assistancemonth, referrals_watch, referrals_alert FROM kela_kunta_app;

-- How fast an authority is shows to those at Kela who send, and to itself; our own job measures.
ALTER TABLE referrals_pace ENABLE ROW LEVEL SECURITY;
ALTER TABLE referrals_pace FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON referrals_pace FOR SELECT USING (
    (SELECT acting_role()) IN ('handler', 'supervisor', 'kela_system')
    OR authority_id = (SELECT acting_authority())
);
CREATE POLICY measures ON referrals_pace USING ((SELECT acting_role()) = 'system');
REVOKE TRUNCATE ON referrals_pace FROM kela_kunta_app;
